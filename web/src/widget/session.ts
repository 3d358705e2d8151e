/** The conversation as the widget holds it: the runtime, what waits to be taken, and what is left when it ended. */
import type { Json } from "../protocol.js";
import type { Runtime } from "../runtime.js";
import { emptyTranscript, type Entry, type Notice, type Transcript } from "../transcript.js";

/** The part of the runtime that the widget uses. */
export type Conversing = Pick<Runtime, "transcript" | "start" | "send" | "choose" | "setAttributes" | "close" | "wake" | "stop">;

/** A message of the user that the bot has not handled yet. It lives on the screen alone and is never stored. */
export interface Outgoing {
  /** as it may be shown: hidden when it may answer a sensitive question */
  text: string;
  failed: boolean;
  /** what can be sent again, or null: what is hidden is not kept */
  again: string | null;
}

export interface SessionOptions {
  /** makes a runtime that calls `changed` after every change */
  converse(changed: () => void): Conversing;
  /** removes what is stored for the bot */
  forget(): void;
  changed(): void;
}

/** Nobody is there to talk to, yet. */
export const silence: SessionOptions = {
  converse: () => ({ transcript: emptyTranscript, start() {}, send: () => false, choose: () => false, setAttributes: () => null, close: () => false, wake() {}, stop() {} }),
  forget() {},
  changed() {},
};

const hiddenText = "••••";

export class Session {
  #options: SessionOptions;
  #conversing: Conversing;
  #outgoing: readonly Outgoing[] = [];
  #seen: ReadonlySet<Entry> = new Set();
  #cleared: Transcript | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#conversing = this.#converse();
  }

  get transcript(): Transcript { return this.#cleared ?? this.#conversing.transcript; }
  get outgoing(): readonly Outgoing[] { return this.#outgoing; }
  /** another one when another conversation takes the place of this one */
  get key(): object { return this.#conversing; }

  /** Whether what is typed now is to be hidden: it answers a sensitive question, or may correct such an answer. */
  get sensitive(): boolean {
    const { ask, typing, entries } = this.transcript;
    if (ask || !typing) return Boolean(ask?.sensitive);
    const said = entries.findLast(({ from }) => from === "user");
    return said?.from === "user" && said.text.startsWith(hiddenText);
  }

  /** Goes on with the stored conversation, or starts a new one. */
  start(): void { this.#conversing.start(); }

  /** False when the text cannot be taken now; then nothing changed. */
  send(text: string): boolean {
    if (this.#cleared) return false;
    const { sensitive } = this;
    const outgoing = { text: sensitive ? hiddenText : text, failed: false, again: sensitive ? null : text };
    // The echo of a message that is handled at once comes while `send` runs: it must find the message here.
    this.#outgoing = [...this.#outgoing, outgoing];
    const taken = this.#conversing.send(text);
    if (!taken) this.#outgoing = this.#outgoing.filter((other) => other !== outgoing);
    this.#options.changed();
    return taken;
  }

  /** Sends a message again that the end of the chat overtook: that begins a new one. */
  retry(message: Outgoing): void {
    if (message.again === null) return;
    this.#outgoing = this.#outgoing.filter((other) => other !== message);
    if (!this.send(message.again)) this.#outgoing = [...this.#outgoing, message];
    this.#options.changed();
  }

  choose(value: Json): void { this.#conversing.choose(value); }

  /** The page sets external attributes. Throws a TypeError with the reason when they are refused: then none is set. */
  setAttributes(attributes: Record<string, Json>): void {
    const reason = this.#conversing.setAttributes(attributes);
    if (reason) throw new TypeError(`The chat's attributes were not set: ${reason}.`);
  }

  wake(): void { this.#conversing.wake(); }

  /** The chat leaves the page: what is stored stays. */
  stop(): void { this.#conversing.stop(); }

  /** The user ends the chat: nothing of it stays, not on the screen either. */
  end(finished: Transcript["finished"] = "closedByUser"): void {
    this.#conversing.close();
    this.#clear({ ...emptyTranscript, finished });
  }

  /** The user signs out: nothing of it stays, and a new chat begins that says so. */
  signOut(): void {
    this.end();
    this.rejoin("signedOut");
  }

  /** The user signed out in another tab: who is signed in here is it no longer. */
  endElsewhere(): void {
    if (this.transcript.authenticated) this.end("endedElsewhere");
  }

  /** Removes what a chat that has ended left on the screen. */
  clearEnded(): void {
    const { finished } = this.transcript;
    if (finished) this.#clear({ ...emptyTranscript, finished });
  }

  /** Begins a new chat in place of the one that ended. */
  restart(): void {
    this.#options.forget();
    this.rejoin();
  }

  /** Shows nothing, and takes nothing, until it rejoins. */
  blank(): void { this.#replace(emptyTranscript); }

  /** Goes on with what is stored now, in place of what this page knows. */
  rejoin(notice?: Notice): void {
    this.#replace(null);
    this.#conversing = this.#converse();
    this.#conversing.start(notice);
  }

  #converse(): Conversing {
    return this.#options.converse(() => this.#changed());
  }

  #clear(cleared: Transcript): void {
    this.#replace(cleared);
    this.#options.forget();
  }

  #replace(cleared: Transcript | null): void {
    this.#conversing.stop();
    this.#cleared = cleared;
    this.#outgoing = [];
    this.#options.changed();
  }

  #changed(): void {
    const { entries, finished } = this.#conversing.transcript;
    let echoes = entries.filter((entry) => entry.from === "user" && !this.#seen.has(entry)).length;
    this.#seen = new Set(entries);
    this.#outgoing = this.#outgoing.filter((message) => message.failed || echoes-- <= 0);
    if (finished) {
      const isLost = finished === "engineFault";
      this.#outgoing = this.#outgoing.map(({ text, again }) => ({ text, failed: true, again: isLost ? null : again }));
      this.#options.forget();
    }
    this.#options.changed();
  }
}
