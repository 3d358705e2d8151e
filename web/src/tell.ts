/** The DOM events of a chat: they come up from its element to the page, out of every shadow tree. */

/** What happened, and the event's `detail`. docs/embedding.md lists them for the page's author. */
export interface ChatEvents {
  "latchkey-open": null;
  "latchkey-close": null;
  /** somebody said something; sensitive values are masked */
  "latchkey-message": { from: "bot" | "user"; text: string };
  "latchkey-authentication": { authenticated: boolean; expiresAt: string | null };
  /** an `event` element of the bot */
  "latchkey-event": { name: string; data: unknown };
  /** the bot handed over; cancelable: who takes it says so by preventDefault() */
  "latchkey-hand-over": { data: object; transcript: { from: "bot" | "user"; text: string }[] };
  /** the chat could not be loaded (`unavailable`), or a problem of the bot or the engine came up */
  "latchkey-error": { code: string; message: string; where?: string };
}

/** Dispatches the event on `element`; false when somebody prevented its default. */
export function tell<Name extends keyof ChatEvents>(element: EventTarget, name: Name, detail: ChatEvents[Name]): boolean {
  return element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: name === "latchkey-hand-over" }));
}
