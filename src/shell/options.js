// The options of the elements: each is a property and a kebab-case attribute. Callbacks are properties alone.

const NAMES =
  "bot typebot botId api apiHost uploadHost wsHost templateSlug isPreview previewToken startFrom sessionId previewTheme previewSettings " +
  "resultId prefilledVariables message stream font progressBarRef scripts locale colorScheme nonce deadline resumeHours restart events page " +
  "botUrl theme isOpen defaultOpen autoShowDelay previewMessage inlineStyle zIndex offsetX offsetY expandable rootMargin labels ";

export const names = NAMES.split(" ");

export const kebab = (name) => name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase());

/** Reads an attribute: JSON where it is JSON, else the text; an empty one says nothing. */
export const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text || undefined;
  }
};

const absolute = (url) => new URL(url, document.baseURI).href.replace(/\/+$/, "");

/** What the widget is mounted with. */
export const configure = (host) => {
  const { flavor, mode } = host;
  const config = { flavor, mode, id: host.id };
  // Not the bot's three names, nor what is of the frame around the widget: isOpen and all after it.
  for (const name of names.slice(3, names.indexOf("isOpen"))) if (host[name] !== undefined) config[name] = host[name];
  return Object.assign(config, {
    api: host.api ?? (flavor === "natter" ? "viewer" : flavor),
    bot: host.name,
    apiHost: absolute(host.apiHost || host.guess()),
    uploadHost: absolute(host.uploadHost || host.apiHost || host.guess(1)),
    wsHost: host.wsHost ?? window.__ENV?.NEXT_PUBLIC_PARTYKIT_HOST ?? "partykit.typebot.io",
    variables: { ...Object.fromEntries(new URLSearchParams(location.search)), ...host.prefilledVariables },
    nonce: host.nonce || document.querySelector("script[nonce]")?.nonce,
    referrerOrigin: parent !== window && URL.canParse?.(document.referrer) ? new URL(document.referrer).origin : undefined,
  });
};
