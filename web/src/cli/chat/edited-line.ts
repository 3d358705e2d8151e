/** The line that the user types: characters (as people count them) before and after the cursor. */
import { isWide } from "../wide.js";

const characters = new Intl.Segmenter();
const split = (text: string) => Array.from(characters.segment(text), ({ segment }) => segment);

const columnsOf = (character: string) => isWide(character) ? 2 : 1;

/** What a terminal shows of the line; the cursor stands between the two. */
export interface Shown { before: string; after: string; columnsAfter: number }

export class EditedLine {
  #before: string[] = [];
  #after: string[] = [];

  get text(): string { return [...this.#before, ...this.#after].join(""); }
  get empty(): boolean { return this.#before.length + this.#after.length === 0; }

  /** What the keys do, by their names. */
  readonly keys: Readonly<Record<string, () => void>> = {
    backspace: () => void this.#before.pop(),
    delete: () => void this.#after.shift(),
    left: () => this.#move(-1),
    right: () => this.#move(1),
    home: () => this.#move(-Infinity),
    end: () => this.#move(Infinity),
    "ctrl+a": () => this.#move(-Infinity),
    "ctrl+e": () => this.#move(Infinity),
    "ctrl+u": () => void (this.#before = []),
    "ctrl+k": () => void (this.#after = []),
    "ctrl+w": () => void (this.#before = split(this.#before.join("").replace(/\S*\s*$/u, ""))),
  };

  insert(text: string): void { this.#before = split(this.#before.join("") + text); }

  /** The text, which is gone from the line then. */
  take(): string {
    const { text } = this;
    this.#before = [];
    this.#after = [];
    return text;
  }

  /** The part around the cursor that fits into `room` columns; `masked` as bullets. */
  show(room: number, masked: boolean): Shown {
    const show = (text: readonly string[]) => masked ? text.map(() => "•") : text;
    const before = fitting(show(this.#before).toReversed(), room);
    const after = fitting(show(this.#after), room - before.columns);
    return { before: before.text.toReversed().join(""), after: after.text.join(""), columnsAfter: after.columns };
  }

  #move(by: number): void {
    const text = [...this.#before, ...this.#after];
    const at = Math.min(text.length, Math.max(0, this.#before.length + by));
    this.#before = text.slice(0, at);
    this.#after = text.slice(at);
  }
}

function fitting(text: readonly string[], room: number): { text: string[]; columns: number } {
  let columns = 0;
  let count = 0;
  for (const character of text) {
    if (columns + columnsOf(character) > room) break;
    columns += columnsOf(character);
    count++;
  }
  return { text: text.slice(0, count), columns };
}
