// Commands reach the elements in the page by id.

/** Every element of this module that is in the page. */
export const hosts = new Set();

/** Each command, and what its argument is called where it is posted as a message. */
export const COMMANDS =
  "open close toggle hidePreviewMessage unmount reload reset submitInput restart showPreviewMessage:message setPrefilledVariables:variables setInputValue:value sendCommand:text setLocale:locale setTheme:theme transcript:format"
    .split(" ")
    .map((command) => command.split(":"));

let early = [];

/** Has every element of a flavor, or the one with the id, do it; kept until there is one. */
export const run = (flavor, name, value, id) => {
  let met, result;
  for (const host of hosts)
    if (host.flavor === flavor && (!id || id === host.id || id === host.inner)) {
      met = 1;
      result ??= host.command(name, value);
    }
  if (!met) early.push([flavor, name, value, id]);
  return result;
};

/** Takes in an element, and has it do what was asked before it came. */
export const join = (host) => {
  hosts.add(host);
  const asked = early;
  early = [];
  for (const one of asked) run(...one);
};

/** The commands as functions: the argument, where there is one, then `{ id }`. */
export const commands = (flavor) =>
  Object.fromEntries(COMMANDS.map(([name, key]) => [name, (...args) => run(flavor, name, key && args[0], (key ? args[1] : args[0])?.id)]));
