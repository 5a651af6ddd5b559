// The start request of a plain visit, sent while WebAssembly is on its way.
// Everything else that is posted belongs to the widget; both must write the same body.

/** Whether storage holds anything of this bot, or a payment under way: then the widget decides. */
const kept = (bot) => {
  try {
    return [localStorage, sessionStorage].some((store) => Object.keys(store).some((key) => key.includes(bot) || /payment/i.test(key)));
  } catch {
    return false; // Storage is blocked: there is nothing to resume.
  }
};

/** What a plain visit posts to start: the path and the body. */
export const request = ({ api, bot, variables, message, resultId, stream }) => {
  if (api === "viewer") return ["conversations", { publicId: bot, prefilledVariables: Object.keys(variables).length ? variables : undefined, message, resultId }];
  if (api === "send-message") return ["sendMessage", { startParams: { typebot: bot, prefilledVariables: variables, isStreamEnabled: !!stream, resultId } }];
  return [`${api}s/${encodeURIComponent(bot)}/startChat`.replace("quick", ""), { isStreamEnabled: true, prefilledVariables: variables, resultId, isOnlyRegistering: false }];
};

/** Sends it, and says so first. Undefined where the widget has to look before. */
export const start = (config, signal, told) => {
  if (config.isPreview || config.templateSlug || config.message || config.api === "quickbot" || kept(config.bot)) return;
  told();
  const [path, body] = request(config);
  const headers = { "content-type": "application/json" };
  if (config.referrerOrigin) headers["x-typebot-iframe-referrer-origin"] = config.referrerOrigin;
  const sent = fetch(`${config.apiHost}/api/v1/${path}`, { method: "POST", headers, body: JSON.stringify(body), signal });
  sent.catch(() => {}); // The widget reads the failure from the promise.
  return sent;
};
