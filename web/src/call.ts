/** One request to the customer API, under the rules that protect its caller: in a browser and in Node alike. */
import type { CallAnswer } from "./host-interface.js";
import type { Call, FailureReason } from "./protocol.js";

/** Where a call may go. */
export interface CallPlace {
  /** the page's address, which relative URLs belong to; null where there is no page: then they are blocked */
  page: string | null;
  /** the only origins that may be called; null: those that the bot itself allows */
  origins: readonly string[] | null;
  /** is told that a call was blocked, for the console of who embeds the bot; of its address no more than the origin */
  blocked?(why: string): void;
}

/**
 * Performs `call` and never throws. Headers and body share one deadline, redirects are not followed, nothing comes
 * from a cache, no referrer is sent, and reading stops at `maxBytes`. A body that is not UTF-8 is no answer.
 */
export async function performCall(call: Call, stop: AbortSignal, place: CallPlace): Promise<CallAnswer> {
  const request = allowedRequest(call, place);
  if (!request) return { failed: "blocked" };

  const controller = new AbortController();
  let reason: FailureReason = "network";
  const end = (why: FailureReason) => {
    reason = why;
    controller.abort();
  };
  const stopped = () => end("aborted");
  const deadline = setTimeout(end, call.timeoutMs, "timeout");
  stop.addEventListener("abort", stopped);
  if (stop.aborted) stopped();
  try {
    // Options beside a request undo its referrer policy. The signal is one of them: in a request, Node may lose it.
    const response = await fetch(request, { signal: controller.signal, referrerPolicy: "no-referrer" });
    const bytes = await readUpTo(response.body, call.maxBytes);
    if (!bytes) {
      end("tooLarge");
      return { failed: "tooLarge" };
    }
    const body = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  } catch {
    return { failed: reason };
  } finally {
    clearTimeout(deadline);
    stop.removeEventListener("abort", stopped);
  }
}

/** The request, or null when its address or its headers are not allowed. */
function allowedRequest(call: Call, place: CallPlace): Request | null {
  let to = "";
  try {
    const url = new URL(call.url, place.page ?? undefined);
    to = ` to ${url.origin}`;
    const { method, headers, body, credentials } = call;
    if (isAllowed(call, url, place)) return new Request(url, { method, headers, body, credentials, redirect: "error", cache: "no-store" });
  } catch {
    // What is wrong with a header may say what is in it.
  }
  place.blocked?.(`A request${to} was not sent: it is not https, api-origins does not name it, or its headers cannot be sent.`);
  return null;
}

function isAllowed(call: Call, url: URL, { page, origins }: CallPlace): boolean {
  const own = page !== null && url.origin === new URL(page).origin;
  if (call.url.startsWith("/") && !own) return false;
  if (!own && url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) return false;
  return !origins || origins.includes(url.origin);
}

/** This computer, which is reached without a network: http will do. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** The whole stream, or null as soon as it holds more than `maxBytes`. */
async function readUpTo(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array | null> {
  if (!stream) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) return null;
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let end = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, end);
    end += chunk.byteLength;
  }
  return bytes;
}
