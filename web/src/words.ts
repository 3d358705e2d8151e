/** The chat's own words in the language that was chosen: a language file laid over English, and what is filled in. */
import type { Language } from "./languages.js";
import type { ChatTexts, Plural } from "./texts.js";

/** How the chat speaks, as its views need to know it. */
export interface Voice {
  /** the language of the words */
  lang: string;
  /** the same with a region, for dates and numbers */
  locale: string;
  spoken: Language;
}

/** What the chat says, and how. */
export type Words = ChatTexts & Voice;

/** The language of the words, in the region of the first of the tags that has one and is the same language. */
export function voiceOf(lang: string, tags: readonly string[], spoken: Language): Voice {
  const own = parse(lang);
  const isRegional = (tag: string) => {
    const { language, region } = parse(tag) ?? {};
    return region && language === own?.language;
  };
  return { lang, locale: [lang, ...tags].find(isRegional) ?? (own ? lang : "en"), spoken };
}

/** A tag may come from a page or a file, and be none. */
export function parse(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

/**
 * `english` with the file's texts in place of its own. The console is told which keys the file lacks and which nobody
 * knows; what is null in `english` is somebody else's.
 */
export function complete<Texts extends object>(english: Texts, { file, url }: Language): Texts {
  if (!file) return english;
  const problems: string[] = [];
  const lay = (base: object, own: unknown, place: string): object => {
    const given = (own ?? {}) as Record<string, unknown>;
    for (const key in given) if (!(key in base)) problems.push(`${place + key} is unknown`);
    return Object.fromEntries(Object.entries(base).map(([key, text]) => [key, pick(text, given[key], place + key)]));
  };
  const pick = (text: string | object | null, own: unknown, place: string): unknown => {
    if (text === null) return own;
    if (typeof text === "object" && !("other" in text)) return lay(text, own, `${place}.`);
    if (typeof (typeof text === "string" ? own : (own as Plural | undefined)?.other) === "string") return own;
    problems.push(`${place} is missing`);
    return text;
  };
  // What comes with latchkey-more.js is that file's to look at.
  const texts = lay({ more: null, ...english }, file, "") as Texts;
  if (problems.length) console.warn(`latchkey: ${url}: ${problems.join(", ")}. What is missing is said in English.`);
  return texts;
}

/** `text` with `value` in the place of its placeholder, or of the one of that name. */
export function fill(text: string, value: string, name = "\\w+"): string {
  return text.replace(RegExp(`\\{${name}\\}`), () => value);
}

/** The form of the text that goes with the number, which it is filled with. */
export function fillCount(texts: Plural, count: number, locale: string): string {
  return fill(`${texts[new Intl.PluralRules(locale).select(count)] ?? texts.other}`, count.toLocaleString(locale));
}
