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
export const request = ({ api, bot, variables, resultId, stream, isPreview, templateSlug, message }, device) => {
  if (isPreview || templateSlug || message) return;
  const known = api === "quickbot" ? { system_device: device, "Device type": device, ...variables } : variables;
  const prefilledVariables = Object.keys(known).length ? known : undefined;
  const chat = (bots) => [`${bots}/${encodeURIComponent(bot)}/startChat`, { isStreamEnabled: true, resultId, prefilledVariables }];
  return {
    viewer: ["conversations", { publicId: bot, prefilledVariables, resultId }],
    typebot: chat("typebots"),
    quickbot: chat("bots"),
    "send-message": ["sendMessage", { startParams: { typebot: bot, resultId, prefilledVariables, isStreamEnabled: stream ? true : undefined } }],
  }[api];
};

/** Sends it, and says so first. Nothing where the widget has to look before. */
export const start = (config, signal, onInit) => {
  const device = matchMedia("(pointer: coarse)").matches ? "mobile" : "desktop";
  const [path, body] = (!isKnown(config) && request(config, device)) || [];
  if (!path) return;
  onInit();
  const headers = { "content-type": "application/json" };
  if (/^(type|quick)bot$/.test(config.api) && config.referrerOrigin) headers[`x-${config.api}-iframe-referrer-origin`] = config.referrerOrigin;
  const sent = fetch(`${config.apiHost}/api/v1/${path}`, { method: "POST", headers, body: JSON.stringify(body), signal });
  sent.catch(() => {}); // The widget reads the failure from the promise.
  return sent;
};
