// Runs in every page that is measured, before the page's own scripts: notes when something is seen, and what held the
// main thread up.

window.__bench = { blocked: 0, longest: 0, slowest: 0 };
{
  const { __bench: bench } = window;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      bench.blocked += Math.max(0, duration - 50);
      bench.longest = Math.max(bench.longest, duration);
    }
  }).observe({ type: "longtask", buffered: true });
  // From an interaction to the frame that shows what came of it.
  new PerformanceObserver((list) => {
    for (const { interactionId, duration, name } of list.getEntries())
      if (interactionId && duration > bench.slowest) Object.assign(bench, { slowest: duration, slowestName: name });
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}

const host = () => [...document.querySelectorAll("*")].find((e) => e.shadowRoot && /^(natter|typebot)-/.test(e.localName));

/** ms since the page began until something is true, as of the frame after. */
const when = (is) =>
  new Promise((done) => {
    const look = () => (is() ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look));
    look();
  });

window.__bench.seen = (text) => when(() => host()?.shadowRoot.textContent.includes(text));
window.__bench.asked = () => when(() => [...(host()?.shadowRoot.querySelectorAll("textarea, input") ?? [])].some((e) => e.getBoundingClientRect().height > 1));
window.__bench.launched = () => when(() => host()?.shadowRoot.querySelector(".launcher"));
/** Bytes over the wire of the widget's own files, with about 300 of headers for each. */
window.__bench.bytes = () => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/w/")).reduce((sum, { transferSize }) => sum + transferSize, 0);
