// The start request of a plain visit, sent while WebAssembly is on its way.
// All else that is posted belongs to the widget; both must write the same body.

/** Whether storage knows this bot (these are the keys of `src/store`), or a payment is under way: then the widget decides. */
export const isKnown = ({ api, bot }) => {
  const own = [`natter-journal-${api}-${bot}`, `resultId-${bot}`];
  try {
    return Object.keys({ ...localStorage, ...sessionStorage }).some((key) => own.includes(key) || /payment/i.test(key));
  } catch {
    // Storage is blocked: there is nothing to resume.
  }
};

/** What a plain visit posts to start: the path and the body. Undefined where the widget has to look first. */
export const request = ({ api, bot, variables, resultId, stream, isPreview, templateSlug, message }) => {
  if (isPreview || templateSlug || message) return;
  const prefilledVariables = Object.keys(variables).length ? variables : undefined;
  return {
    viewer: ["conversations", { publicId: bot, prefilledVariables, resultId }],
    typebot: [`typebots/${encodeURIComponent(bot)}/startChat`, { isStreamEnabled: true, resultId, prefilledVariables }],
    "send-message": ["sendMessage", { startParams: { typebot: bot, resultId, prefilledVariables, isStreamEnabled: stream ? true : undefined } }],
  }[api];
};

/** Sends it, and says so first. Nothing where the widget has to look before. */
export const start = (config, signal, onInit) => {
  const [path, body] = (!isKnown(config) && request(config)) || [];
  if (!path) return;
  onInit();
  const headers = { "content-type": "application/json" };
  if (config.api === "typebot" && config.referrerOrigin) headers["x-typebot-iframe-referrer-origin"] = config.referrerOrigin;
  const sent = fetch(`${config.apiHost}/api/v1/${path}`, { method: "POST", headers, body: JSON.stringify(body), signal });
  sent.catch(() => {}); // The widget reads the failure from the promise.
  return sent;
};
