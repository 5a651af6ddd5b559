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

/** What a payment's own page puts into the address: the widget reads it, and it is no variable of the bot. */
const OF_PAYMENT = /^(redirect_status|status|(payment|collection)_\w+|(merchant_order|preference|site|merchant_account)_id|external_reference|processing_mode)$/;

/** The variables that the address names. */
const query = () => {
  const all = [...new URLSearchParams(location.search)];
  try {
    if (sessionStorage.typebotPaymentInProgress) return all.filter(([name]) => !OF_PAYMENT.test(name));
  } catch {
    // Storage is blocked: no payment was left.
  }
  return all;
};

/** The configuration of the widget in `host`, whose options are called `names`. `guess` finds the server of a page that names none. */
export const configure = (host, names, guess = (home) => home) => {
  const { flavor, mode, id, nonce, apiHost, home } = host;
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
    apiHost: absolute(apiHost || guess(home)),
    uploadHost: absolute(host.uploadHost || apiHost || guess(home, true)),
    variables: { ...Object.fromEntries(query()), ...host.prefilledVariables },
    nonce: nonce || document.querySelector("script[nonce]")?.nonce,
    referrerOrigin: framedBy(),
  };
};
