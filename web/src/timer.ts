/** The timers of browsers and Node, for delays of any length. */

/** How long a timer sleeps before it looks at the clock again: after the computer slept it is late by this at most. */
const longestNapMs = 30_000;

/**
 * Delays may exceed what the browser's timer takes, a sleeping computer stops it, and the user may set the clock:
 * it is over as soon as the wall clock or the monotonic one says so.
 */
export function startTimer(delayMs: number, fire: () => void): () => void {
  const dueWall = Date.now() + delayMs;
  const dueMonotonic = performance.now() + delayMs;
  const left = () => Math.min(dueWall - Date.now(), dueMonotonic - performance.now());
  const look = () => {
    if (left() <= 0) fire();
    else handle = nap();
  };
  const nap = () => setTimeout(look, Math.min(left(), longestNapMs));
  let handle = nap();
  return () => clearTimeout(handle);
}

/** Lets the page do what waits: in one piece, what the chat does at its opening would hold up the page's scrolling and typing. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
