/** What is new in a transcript, as lines for a terminal. */
import type { ChatTexts } from "../../texts.js";
import type { Ask, FinishReason } from "../../protocol.js";
import type { Entry, Transcript } from "../../transcript.js";
import { printable, type Paint } from "../terminal.js";

export interface News {
  /** all that was shown before is gone, for another person is here now */
  wiped: boolean;
  lines: string[];
}

export class Screen {
  #texts: ChatTexts;
  #paint: Paint;
  #shown: ReadonlySet<Entry> = new Set();
  #ask: Ask | null = null;
  #finished: FinishReason | null = null;
  #notes: string[] = [];

  constructor(texts: ChatTexts, paint: Paint) {
    this.#texts = texts;
    this.#paint = paint;
  }

  /** Keeps a remark for the end of the next news. */
  note(text: string): void { this.#notes.push(text); }

  /** What came since the last time. */
  news(transcript: Transcript): News {
    const { entries, ask, finished } = transcript;
    const fresh = entries.filter((entry) => !this.#shown.has(entry));
    const wiped = this.#shown.size > 0 && fresh.length === entries.length;
    const lines = wiped ? [this.#aside(this.#texts.notices.concealed)] : [];
    for (const entry of fresh) lines.push(...this.#linesOf(entry));
    lines.push(...this.#notes.splice(0).map((note) => this.#aside(note)));
    if (finished && finished !== this.#finished) lines.push(this.#aside(this.#texts.finished[finished]));
    if (ask && ask !== this.#ask) lines.push(...this.#optionsOf(ask));
    this.#shown = new Set(entries);
    this.#finished = finished;
    this.#ask = ask;
    return { wiped, lines };
  }

  #linesOf(entry: Entry): string[] {
    switch (entry.from) {
      case "bot": return [printable(entry.message.text)];
      case "user": return [this.#paint("bold", `> ${printable(entry.text)}`)];
      // The finish says it with its reason.
      case "notice": return entry.notice === "ended" || entry.notice === "handedOver" ? [] : [this.#aside(this.#texts.notices[entry.notice])];
    }
  }

  #optionsOf({ options }: Ask): string[] {
    return options.map(({ label }, index) => `  ${this.#paint("cyan", String(index + 1))}  ${printable(label)}`);
  }

  #aside(text: string): string { return this.#paint("dim", `-- ${printable(text)}`); }
}
