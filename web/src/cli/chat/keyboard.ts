/**
 * A terminal in raw mode, so that nothing which is typed shows unless this shows it. The line that is typed stays at
 * the bottom; what is printed goes above it.
 */
import { emitKeypressEvents, type Key } from "node:readline";
import type { ReadStream, WriteStream } from "node:tty";
import { printable } from "../terminal.js";
import { EditedLine } from "./edited-line.js";

/** Asks the terminal to mark what is pasted, so that a line break in it sends nothing. */
const pasteMarks = { on: "\x1b[?2004h", off: "\x1b[?2004l" };
const eraseLine = "\r\x1b[K";
const eraseAll = "\x1b[H\x1b[2J\x1b[3J";

/**
 * How the typed line shows: as it is; as bullets, for it is not known yet what it will answer; or as bullets that never
 * come to light.
 */
export type Visibility = "shown" | "hidden" | "secret";

export interface Below {
  prompt: string;
  visibility: Visibility;
  /** clears all that was printed before */
  wiped: boolean;
}

export interface Typist {
  line(text: string): void;
  /** Ctrl-C, or Ctrl-D on an empty line */
  left(key: "c" | "d"): void;
}

export class Keyboard {
  #input: ReadStream;
  #output: WriteStream;
  #typist: Typist;
  #line = new EditedLine();
  #prompt = "";
  #visibility: Visibility = "shown";
  #pasting = false;
  #open = false;
  #pressed = (text: string | undefined, key: Key) => this.#press(text, key);
  #ended = () => this.#typist.left("d");
  #restore = () => this.close();

  constructor(input: ReadStream, output: WriteStream, typist: Typist) {
    this.#input = input;
    this.#output = output;
    this.#typist = typist;
  }

  open(): void {
    this.#open = true;
    this.#input.setRawMode(true);
    emitKeypressEvents(this.#input);
    this.#input.on("keypress", this.#pressed).on("end", this.#ended).resume();
    process.on("exit", this.#restore);
    this.#output.write(pasteMarks.on);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#input.off("keypress", this.#pressed).off("end", this.#ended).pause().setRawMode(false);
    process.off("exit", this.#restore);
    this.#output.write(eraseLine + pasteMarks.off);
  }

  /** Prints lines above the one that is typed, and sets what stands before that one and how it shows. */
  print(lines: readonly string[], { prompt, visibility, wiped }: Below): void {
    if (this.#visibility === "secret" && visibility !== "secret") this.#line.take();
    this.#prompt = prompt;
    this.#visibility = visibility;
    this.#output.write((wiped ? eraseAll : eraseLine) + lines.map((line) => `${line}\n`).join(""));
    this.#draw();
  }

  #draw(): void {
    if (!this.#open) return;
    const room = (this.#output.columns || 80) - this.#prompt.length - 1;
    const { before, after, columnsAfter } = this.#line.show(room, this.#visibility !== "shown");
    const back = columnsAfter > 0 ? `\x1b[${columnsAfter}D` : "";
    this.#output.write(`${eraseLine}${this.#prompt}${before}${after}${back}`);
  }

  #press(text: string | undefined, key: Key): void {
    const name = `${key.ctrl ? "ctrl+" : ""}${key.name ?? ""}`;
    if (name === "paste-start" || name === "paste-end") this.#pasting = name === "paste-start";
    else if (this.#pasting) this.#line.insert(onOneLine(text ?? ""));
    else if (name === "ctrl+c" || (name === "ctrl+d" && this.#line.empty)) return this.#typist.left(name === "ctrl+c" ? "c" : "d");
    else if (name === "return" || name === "enter") return this.#enter();
    else if (Object.hasOwn(this.#line.keys, name)) this.#line.keys[name]!();
    else if (!key.ctrl && !key.meta) this.#line.insert(onOneLine(text ?? ""));
    this.#draw();
  }

  #enter(): void {
    const text = this.#line.take();
    this.#draw();
    if (text.trim()) this.#typist.line(text);
  }
}

/** Typed or pasted text without what a line cannot show. */
function onOneLine(text: string): string {
  return printable(text).replaceAll(/[\n\t]/g, " ").replaceAll("\ufffd", "");
}
