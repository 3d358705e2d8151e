/** Node as a Host: its clock, timers and network; what is stored stays in its memory. It decides nothing about dialogs. */
import { randomInt, randomUUID } from "node:crypto";
import { performCall } from "../../call.js";
import type { Host } from "../../host-interface.js";
import { startTimer } from "../../timer.js";

export interface NodeHostOptions {
  /** the address that the bot shall believe to be on, or null: then calls to its own page are blocked */
  page: string | null;
  /** takes what a page would be told */
  tell(text: string): void;
}

export function createNodeHost({ page, tell }: NodeHostOptions): Host {
  let stored: string | null = null;
  return {
    now: () => Date.now(),
    startTimer,
    call(call, stop) {
      const isOfSite = page === null && call.url.startsWith("/");
      const blocked = (why: string) => tell(isOfSite ? "The bot calls the site it is on: say which with --page URL." : why);
      return performCall(call, stop, { page, origins: null, blocked });
    },
    load: () => stored,
    save: (text) => void (stored = text),
    opening: () => ({ conversationId: randomUUID(), seed: randomInt(2 ** 48 - 1), pageUrl: page, pageLanguage: null }),
    emit: (name, data) => tell(`event ${name} ${JSON.stringify(data)}`),
    handOver: (data) => tell(`handed over with ${JSON.stringify(data)}`),
    report: ({ code, where, message }) => tell(`${code} at ${where}: ${message}`),
  };
}
