/** Whether what was stored is what was once put there: anybody may have edited it since. */
import { notices, type Entry } from "./transcript.js";

/** Checks every field that is read later. What an address leads to is checked where it is shown. */
export function isEntry(stored: unknown): stored is Entry {
  const { from, at, message, text, notice, secured = true } = fieldsOf(stored);
  if (typeof at !== "number" || secured !== true) return false;
  if (from === "bot") return isMessage(fieldsOf(message));
  return from === "user" ? isText(text) : from === "notice" && notices.some((known) => known === notice);
}

type Fields = Record<string, unknown>;

function isMessage({ kind, text, markdown, url, alt, caption, name, cards }: Fields): boolean {
  switch (kind) {
    case "text": return isText(text) && areTexts(markdown);
    case "image": case "video": case "audio": case "document": return isText(url) && areTexts(alt, caption, name);
    case "cards": return areAll(cards, isCard);
    default: return false;
  }
}

function isCard({ title, text, image, alt, buttons = [] }: Fields): boolean {
  return isText(title) && areTexts(text, image, alt) && areAll(buttons, isButton);
}

function isButton({ label, value, url }: Fields): boolean {
  return isText(label) && (url === undefined ? value !== undefined : isText(url));
}

const fieldsOf = (stored: unknown): Fields => (stored ?? {}) as Fields;
const isText = (value: unknown): boolean => typeof value === "string";
const areTexts = (...values: unknown[]): boolean => values.every((value) => value === undefined || isText(value));
const areAll = (list: unknown, is: (fields: Fields) => boolean): boolean => Array.isArray(list) && list.every((item) => is(fieldsOf(item)));
