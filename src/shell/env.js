// Pages of the bot's own server say where that is, and the official packages take it from there.

/** The server of a page that names none; `home` where nothing is said. */
export const guess = (home, forUploads) => {
  const env = window.__ENV;
  const on = env.NEXT_PUBLIC_USE_EXPERIMENTAL_CHAT_API_ON;
  const here = location.href;
  if (env.NEXT_PUBLIC_CHAT_API_URL && !forUploads && (!on || on.split(",").includes(here))) return env.NEXT_PUBLIC_CHAT_API_URL;
  const viewers = env.NEXT_PUBLIC_VIEWER_URL?.split(",");
  return viewers ? viewers.find((url) => here.startsWith(url)) ?? viewers[0] : home;
};
