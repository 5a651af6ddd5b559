// What the widget is mounted with: the options as the page wrote them, made whole.

const absolute = (url) => new URL(url, document.baseURI).href.replace(/\/+$/, "");

/** The origin of the page that frames this one. */
const framedBy = () => {
  try {
    return parent === window ? undefined : new URL(document.referrer).origin;
  } catch {
    // It does not say who it is.
  }
};

/** The configuration of the widget in `host`, whose options are called `names`. */
export const configure = (host, names) => {
  const { flavor, mode, id, nonce, apiHost } = host;
  const config = {
    flavor, mode, id,
    api: flavor === "natter" ? "viewer" : flavor,
    wsHost: window.__ENV?.NEXT_PUBLIC_PARTYKIT_HOST ?? "partykit.typebot.io",
  };
  // Not the bot's three names, nor what is of the frame around the widget: isOpen and all after it.
  for (const name of names.slice(3, names.indexOf("isOpen"))) if (host[name] !== undefined) config[name] = host[name];
  return {
    ...config,
    bot: host.name,
    apiHost: absolute(apiHost || host.guess()),
    uploadHost: absolute(host.uploadHost || apiHost || host.guess(true)),
    variables: { ...Object.fromEntries(new URLSearchParams(location.search)), ...host.prefilledVariables },
    nonce: nonce || document.querySelector("script[nonce]")?.nonce,
    referrerOrigin: framedBy(),
  };
};
