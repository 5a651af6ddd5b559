// Commands reach the elements in the page by id.

/** Every element of this module that is in the page. */
export const hosts = new Set();

/** Each command, natter's own four first. Those that begin with se or sh take an argument. */
export const COMMANDS =
  "restart transcript setLocale setTheme open close toggle showPreviewMessage hidePreviewMessage unmount reload reset submitInput setPrefilledVariables setInputValue sendCommand".split(" ");

const early = [];

/** Has every element of a flavor, or the one with the id, do it; kept until there is one. */
export const run = (...asked) => {
  const [flavor, name, value, id] = asked;
  const met = [...hosts].filter((host) => host.flavor === flavor && (!id || id === host.id || id === host.inner));
  if (!met[0]) early.push(asked);
  return met.map((host) => host.command(name, value))[0];
};

/** Takes in an element, and has it do what was asked before it came. */
export const join = (host) => {
  hosts.add(host);
  for (const asked of early.splice(0)) run(...asked);
};

/** The commands as functions: the argument, where there is one, then `{ id }`. */
export const commands = (flavor) =>
  Object.fromEntries(COMMANDS.map((name) => [name, (...args) => run(flavor, name, args[0], args[+/^s[eh]/.test(name)]?.id)]));
