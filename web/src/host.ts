/** The browser as a Host: its clock, timers, network and the tab's storage. It decides nothing about dialogs. */
import { performCall } from "./call.js";
import type { Host } from "./host-interface.js";
import type { Json, Opening } from "./protocol.js";
import { tell } from "./tell.js";
import { createTabStorage, type TabStorage } from "./tab-storage.js";
import { startTimer } from "./timer.js";

/** A page that goes away is gone this long after its requests are. */
const breakingOffMs = 100;

export interface BrowserHostOptions {
  botId: string;
  /** the only origins that the page lets its bot call; null: those that the bot itself allows */
  apiOrigins: readonly string[] | null;
  /** the language that the page asks for, or null: the document's */
  language: string | null;
  /** the external attributes that the page has set until now, for a conversation that begins */
  attributes: Record<string, Json>;
  /** is told what the bot tells the page */
  target: EventTarget;
  /** while the browser is offline a request waits for the user, who calls `retry`; null when it waits no longer */
  offline?(retry: (() => void) | null): void;
  /** is called after a hand-over: whether the page took it */
  handedOver?(taken: boolean): void;
}

export function createBrowserHost(options: BrowserHostOptions): Host & TabStorage {
  const { target } = options;
  return {
    now: () => Date.now(),
    startTimer,
    call: async (call, stop) => {
      if (navigator.onLine === false && options.offline) await willOf(options.offline, stop);
      const answer = await performCall(call, stop, {
        page: location.href,
        origins: options.apiOrigins,
        blocked: (why) => console.warn(`latchkey: ${why}`),
      });
      // A page that goes away breaks its requests off a moment before: the next page has to find them under way.
      if ("failed" in answer) await new Promise((resolve) => setTimeout(resolve, breakingOffMs));
      return answer;
    },
    ...createTabStorage(`latchkey:${options.botId}`),
    opening: () => opening(options.language, options.attributes),
    emit: (name, data) => void tell(target, "latchkey-event", { name, data }),
    handOver: (data, transcript) => {
      const taken = !tell(target, "latchkey-hand-over", { data, transcript });
      if (!taken) console.warn("latchkey: nobody took the hand-over: call preventDefault() on latchkey-hand-over.");
      options.handedOver?.(taken);
    },
    report: ({ code, where, message }) => {
      console.warn(`latchkey: ${code} at ${where}: ${message}`);
      tell(target, "latchkey-error", { code, where, message });
    },
  };
}

/** Resolves when the user wants it sent, online or not, or when nobody waits for it any more. */
function willOf(offline: (retry: (() => void) | null) => void, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      offline(null);
      resolve();
    };
    stop.addEventListener("abort", go);
    offline(go);
  });
}

function opening(language: string | null, attributes: Record<string, Json>): Opening {
  const random = crypto.getRandomValues(new Uint32Array(6));
  const words = [...random].map((word) => word.toString(16).padStart(8, "0"));
  const [high = 0, low = 0] = random.slice(4);
  return {
    conversationId: words.slice(0, 4).join(""),
    seed: (high % 2 ** 21) * 2 ** 32 + low,
    pageUrl: location.href,
    pageLanguage: language ?? (document.documentElement.lang || null),
    attributes,
  };
}

/** Keeps for the next page of the tab whether the panel is open; without storage it will be closed. */
export function rememberOpen(key: string, open: boolean): void {
  try {
    if (open) sessionStorage.setItem(key, "");
    else sessionStorage.removeItem(key);
  } catch {
    // It is of no use where the conversation is not kept either.
  }
}
