// One tab leads a remembered conversation; the others show it, and say so. Otherwise whoever answers first moves
// the bot on under the other's question.

/** Where there are no Web Locks (a page that is not https), a lease in storage is renewed this often, in ms. */
const RENEWAL = 1000;

/** As `navigator.locks.request`; another tab may take what was not renewed for a while. */
const lease = (name, { ifAvailable, steal, signal }, work) =>
  new Promise((resolve, reject) => {
    const me = `${Math.random()}`;
    let held;
    const end = (tell, value) => tell(value, clearInterval(timer));
    const look = () => {
      if (signal?.aborted) return end(reject);
      const [owner, at] = (localStorage[name] ?? " 0").split(" ");
      if (held && owner !== me) end(reject);
      else if (held || steal || Date.now() - at > 3 * RENEWAL) {
        localStorage[name] = `${me} ${Date.now()}`;
        // The promise of the work ends the lease, once.
        held ??= work(true).then(() => end(resolve, delete localStorage[name]));
      } else if (ifAvailable) end(resolve, work());
    };
    const timer = setInterval(look, RENEWAL);
    look();
  });

const request = (...asked) => (navigator.locks ? navigator.locks.request(...asked) : lease(...asked));

/**
 * Watches over what storage remembers of a bot's conversation. `play(follows)` shows it: leading it, or after
 * another tab. Gives the function that asks for the lead, and takes it where `steal` is true.
 */
export default ({ api, bot }, signal, play) => {
  let led, following, soon;
  let release = () => {};

  /** The session that is remembered: it names the lock. */
  const session = () => {
    try {
      const store = [sessionStorage, localStorage].find((one) => one[`natter-journal-${api}-${bot}`]);
      return JSON.parse(store[`natter-line-0-${api}-${bot}`]).start.sessionId;
    } catch {
      // Nothing is remembered, or nothing that is ours.
    }
  };

  const ask = (options, name = session()) =>
    new Promise((tell) => {
      if (!name || name === led) return tell(true);
      const work = (lock) => {
        tell(lock && !signal.aborted);
        if (!lock || signal.aborted) return;
        release();
        led = name;
        following = false;
        return new Promise((done) => (release = done));
      };
      request("natter-" + name, options, work).catch(() => {
        tell(false);
        // It was taken away, unless it was let go.
        if (led === name && !signal.aborted) follow((led = 0));
      });
    });

  const follow = async () => {
    following = true;
    play(true);
    const name = session();
    // Its turn comes when the other tab is closed, or has begun another conversation.
    if (name && (await ask({ signal }, name))) name === session() ? play(false) : release(follow((led = 0)));
  };

  const look = () => {
    const now = session();
    if (now && now !== led) following ? play(true) : follow();
  };
  const heard = ({ key }) => {
    if (key && !key.endsWith(`-${api}-${bot}`)) return;
    clearTimeout(soon);
    soon = setTimeout(look, 100);
  };
  addEventListener("storage", heard, { signal });
  signal.addEventListener("abort", () => release(clearTimeout(soon)));

  return (steal) => ask(steal ? { steal } : { ifAvailable: true }).then((leads) => leads || void follow());
};
