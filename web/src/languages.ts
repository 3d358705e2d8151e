/** Which language the chat's own words are in, and the few of them that are needed before a language file is. */

import type { LauncherTexts } from "./texts.js";

/** "Open chat" in the languages that the chat speaks, by their tags. */
const openWords: Record<string, string> = {
  en: "Open chat",
  de: "Chat öffnen",
  es: "Abrir el chat",
  fr: "Ouvrir le chat",
  pt: "Abrir o chat",
  it: "Apri la chat",
  hr: "Otvori chat",
  pl: "Otwórz czat",
  ar: "فتح الدردشة",
  zh: "打开聊天",
  ja: "チャットを開く",
};

/** What a language file holds. A page may bring one of its own, so that anything may be missing. */
export interface LanguageFile {
  lang?: string;
  launcher?: Partial<LauncherTexts>;
  chat?: object;
  rich?: object;
}

/** The language file, or null when the chat speaks English, and its address. */
export interface Language {
  url: string;
  file: LanguageFile | null;
}

/** The first of the languages (BCP 47) that the chat speaks, without region and script; else English. */
export function choose(tags: readonly string[]): string {
  return tags.map((tag) => tag.toLowerCase().split(/[-_]/)[0]!).find((tag) => openWords[tag]) ?? "en";
}

/** What the launcher says in a language as long as there is no more of it; null for English. */
export function firstWords(lang: string): LanguageFile | null {
  return lang === "en" ? null : { lang, launcher: { open: openWords[lang]!, loading: "" } };
}

/** "rtl" for the languages that are written from right to left. */
export function directionOf(lang: string): string {
  return /^(ar|fa|he|ps|ur|yi)\b/i.test(lang) ? "rtl" : "ltr";
}
