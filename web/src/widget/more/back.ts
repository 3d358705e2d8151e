/**
 * Where the chat is the whole screen, the browser's back button closes it: a visitor does not mean to leave the page. The
 * entry that makes this possible has the page's address and state, and goes when the chat is closed in another way.
 */
import type { BackEntry } from "../more-module.js";

const mark = "latchkeyChat";

export function createBackEntry(back: () => void): BackEntry {
  // After a reload the entry of before is there.
  const isAtEntry = () => Boolean((history.state as Record<string, unknown> | null)?.[mark]);
  let isOpen = false;
  /** the entry is being taken back, which takes a moment */
  let isLeaving = false;
  let address = "";

  const push = () => {
    const state = history.state as unknown;
    if (!isAtEntry()) history.pushState({ ...(typeof state === "object" ? state : { state }), [mark]: true }, "");
  };
  const heeded = new AbortController();
  addEventListener("popstate", () => {
    if (!isOpen || isAtEntry()) isLeaving = false;
    // Where the page went to another of its own addresses, that is no step back.
    else if (location.href !== address) return;
    else if (isLeaving) {
      isLeaving = false;
      inHistory(push);
    } else {
      isOpen = false;
      back();
    }
  }, { signal: heeded.signal });
  const leave = () => {
    if (!isOpen) return;
    isOpen = false;
    inHistory(() => {
      // Where the page went on meanwhile, the entry lies behind it, and going back would lead elsewhere.
      if (!isAtEntry()) return;
      isLeaving = true;
      history.back();
    });
  };
  return {
    enter: () => {
      isOpen = true;
      address = location.href;
      if (!isLeaving) inHistory(push);
    },
    leave,
    stop: () => {
      leave();
      heeded.abort();
    },
  };
}

/** Where a page is sandboxed, or calls for too much, the browser may refuse. */
function inHistory(step: () => void): void {
  try {
    step();
  } catch {
    // Then the back button does what it always does.
  }
}
