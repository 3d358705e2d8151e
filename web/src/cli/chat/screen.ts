/** What is new in a transcript, as lines for a terminal. */
import type { ChatTexts } from "../../texts.js";
import { cardsOnOffer, type Entry, type Transcript } from "../../transcript.js";
import { messageText } from "../message-text.js";
import { printable, type Paint } from "../terminal.js";
import { buttonsOnOffer, type Button } from "./buttons.js";

export interface News {
  /** all that was shown before is gone, for another person is here now */
  wiped: boolean;
  lines: string[];
}

export class Screen {
  #texts: ChatTexts;
  #paint: Paint;
  #shown: ReadonlySet<Entry> = new Set();
  /** what the buttons come from that were shown last */
  #offered: readonly object[] = [];
  #finished: Transcript["finished"] = null;
  #notes: string[] = [];

  constructor(texts: ChatTexts, paint: Paint) {
    this.#texts = texts;
    this.#paint = paint;
  }

  /** Keeps a remark for the end of the next news. */
  note(text: string): void { this.#notes.push(text); }

  /** What came since the last time. */
  news(transcript: Transcript): News {
    const { entries, finished } = transcript;
    const fresh = entries.filter((entry) => !this.#shown.has(entry));
    const wiped = this.#shown.size > 0 && fresh.length === entries.length;
    const lines = wiped ? [this.#aside(this.#texts.notices.concealed)] : [];
    for (const entry of fresh) lines.push(...this.#linesOf(entry));
    lines.push(...this.#notes.splice(0).map((note) => this.#aside(note)));
    if (finished && finished !== this.#finished) lines.push(this.#aside(this.#texts.finished[finished]));
    lines.push(...this.#freshButtons(transcript));
    this.#shown = new Set(entries);
    this.#finished = finished;
    return { wiped, lines };
  }

  #linesOf(entry: Entry): string[] {
    switch (entry.from) {
      case "bot": return [printable(messageText(entry.message))];
      case "user": return [this.#paint("bold", `> ${printable(entry.text)}`)];
      // The finish says it with its reason.
      case "notice": return entry.notice === "ended" || entry.notice === "handedOver" ? [] : [this.#aside(this.#texts.notices[entry.notice])];
    }
  }

  /** All buttons on offer, with their numbers, when some of them are new. */
  #freshButtons(transcript: Transcript): string[] {
    const offered = [transcript.ask, ...cardsOnOffer(transcript)].filter((one) => one !== null);
    const fresh = offered.some((one) => !this.#offered.includes(one));
    this.#offered = offered;
    return fresh ? buttonsOnOffer(transcript).map((button, index) => this.#buttonLine(button, index)) : [];
  }

  #buttonLine({ label, card }: Button, index: number): string {
    const where = card === null ? "" : `  ${this.#paint("dim", `(${printable(card)})`)}`;
    return `  ${this.#paint("cyan", String(index + 1))}  ${printable(label)}${where}`;
  }

  #aside(text: string): string { return this.#paint("dim", `-- ${printable(text)}`); }
}
