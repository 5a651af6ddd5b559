// Where the visitor was reading, kept over a reload: the turn at the top of what they saw, and how far into it.

/** Within so many pixels of the end they were at the end, where a conversation comes back anyway. */
const AT_END = 60;

/** Frames in which a conversation that comes back is waited for. */
const PATIENCE = 180;

/** Frames in which one that is back may still change its height. */
const SETTLING = 8;

/** Keeps the place of the conversation in `root` until the signal; what it gives goes back to the place kept before. */
export const place = (root, key, signal) => {
  const seen = () => {
    const scroller = root.querySelector(".scrollable-container");
    if (!scroller) return {};
    const { top } = scroller.getBoundingClientRect();
    const turns = [...root.querySelectorAll(".typebot-chat-chunk")];
    return { scroller, top, turns };
  };
  let isAtEnd = true;
  // Known while it scrolls: a page that goes away would be drawn up once more to be asked.
  const look = ({ target: t }) => {
    if (t.matches(".scrollable-container")) isAtEnd = t.scrollHeight - t.scrollTop - t.clientHeight < AT_END;
  };
  root.addEventListener("scroll", look, { capture: true, passive: true, signal });
  const keep = () => {
    try {
      delete sessionStorage[key];
      if (isAtEnd) return;
      const { top, turns } = seen();
      const ends = (element) => element?.getBoundingClientRect().bottom <= top;
      // The group of a turn is asked first: the browser draws up what it skips for whoever asks where a thing in it is.
      const n = turns.findIndex((turn) => !ends(turn.closest(".natter-turns")) && !ends(turn));
      sessionStorage[key] = JSON.stringify([n, top - turns[n].getBoundingClientRect().top]);
    } catch {
      // There is no transcript, or storage is blocked.
    }
  };
  addEventListener("pagehide", keep, { signal });
  return () => {
    let [n, into] = [];
    try {
      [n, into] = JSON.parse(sessionStorage[key]);
    } catch {
      return;
    }
    let frames = 0;
    const moved = new AbortController();
    // The visitor who scrolls meanwhile is where they want to be.
    for (const own of ["wheel", "touchmove", "keydown", "pointerdown"]) root.addEventListener(own, () => moved.abort(), { signal: moved.signal, passive: true });
    const step = () => {
      if (signal.aborted || moved.signal.aborted || ++frames > PATIENCE) return moved.abort();
      const { scroller, top, turns } = seen();
      const turn = turns?.[n];
      if (turn && scroller.scrollTop > 0) {
        // It jumps to its end first; and what is above may change its height as it is drawn.
        const off = turn.getBoundingClientRect().top - top + into;
        if (Math.abs(off) > 1) scroller.scrollBy({ top: off, behavior: "instant" });
        frames = Math.max(frames, PATIENCE - SETTLING);
      }
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  };
};
