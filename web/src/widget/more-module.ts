/** What the panel asks of latchkey-more.js, which it loads when somebody needs what is in it. */
import type { Transcript } from "../transcript.js";
import type { Voice, Words } from "../words.js";
import type { Lit } from "./view-module.js";
import type { TemplateResult } from "lit";

/** A way to reach the people behind the page: a mailto:, tel: or https: address, and its words. */
export interface Contact { href: string; text: string }

/** The entry of the browser's history that its back button takes back when the chat is the whole screen. */
export interface BackEntry {
  /** the chat was opened as the whole screen */
  enter(): void;
  /** the chat was closed */
  leave(): void;
  /** the chat was taken away */
  stop(): void;
}

export interface MoreModule {
  /** Makes the views ready in `root`, where they will stand. */
  enter(root: ShadowRoot, lit: Lit): void;
  /** Saves what was said as a text file. */
  download(transcript: Transcript, botName: string, voice: Voice): void;
  /** The addresses in the option `contact`. */
  contactsOf(option: string): Contact[];
  /** Where to turn to after a hand-over that nobody took. */
  contactsView(contacts: readonly Contact[], voice: Voice): TemplateResult;
  /** What it gives shows a number of new messages on `button`, in its name too, and announces it; 0 takes it away. */
  showUnread(root: ShadowRoot, button: HTMLButtonElement, texts: Words): (count: number) => void;
  /** `back` is called when the back button was pressed. */
  createBackEntry(back: () => void): BackEntry;
}
