/** Node as a Host: its clock, timers and network; what is stored stays in its memory. It decides nothing about dialogs. */
import { randomInt, randomUUID } from "node:crypto";
import { performCall } from "../../call.js";
import type { Host } from "../../host-interface.js";

export interface NodeHostOptions {
  /** the address that the bot shall believe to be on, or null: then calls to its own page are blocked */
  page: string | null;
  /** takes what a page would be told */
  tell(text: string): void;
}

/** How long a timer sleeps before it looks at the clock again: after the computer slept it is late by this at most. */
const longestNapMs = 30_000;

export function createNodeHost({ page, tell }: NodeHostOptions): Host {
  let stored: string | null = null;
  return {
    now: () => Date.now(),
    startTimer,
    call(call, stop) {
      if (page === null && call.url.startsWith("/")) tell("The bot calls the site it is on: say which with --page URL.");
      return performCall(call, stop, { page, origins: null });
    },
    load: () => stored,
    save: (text) => void (stored = text),
    opening: () => ({ conversationId: randomUUID(), seed: randomInt(2 ** 48 - 1), pageUrl: page, pageLanguage: null }),
    emit: (name, data) => tell(`event ${name} ${JSON.stringify(data)}`),
    handOver: (data) => tell(`handed over with ${JSON.stringify(data)}`),
    report: ({ code, where, message }) => tell(`${code} at ${where}: ${message}`),
  };
}

/** Due as soon as the wall clock or the monotonic one says so, for the user may set the first and sleep stops the second. */
function startTimer(delayMs: number, fire: () => void): () => void {
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
