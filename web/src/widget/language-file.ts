/** Fetches the language that the chat speaks. */
import type { ChatRequest } from "../chat-module.js";
import { choose, type Language, type LanguageFile } from "../languages.js";
import { bodyOf } from "./fetched.js";

/** A file that has not come after this long will not come. */
const timeoutMs = 30_000;

/**
 * The page's own texts, or those of its language, the bot's or the visitor's. Never fails: without its file the chat
 * speaks English, and the console says why.
 */
export async function fetchLanguage({ element, base, pageLanguage, bot }: ChatRequest): Promise<Language> {
  const texts = element.getAttribute("texts");
  const lang = choose(pageLanguage ? [pageLanguage] : await languagesOf(bot));
  const name = texts ?? `languages/${lang}.json`;
  const url = new URL(name, texts ? document.baseURI : base).href;
  if (!texts && lang === "en") return { url, file: null };
  try {
    const response = fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error: Error) => error);
    return { url, file: await bodyOf(response, url, name, (file) => file.json() as Promise<LanguageFile>) };
  } catch (error) {
    console.warn(`latchkey: the chat speaks English. ${(error as Error).message}`);
    return { url, file: null };
  }
}

/** The language that the bot file names, or else the visitor's. */
async function languagesOf(bot: ChatRequest["bot"]): Promise<readonly string[]> {
  try {
    const response = (await bot) as Response;
    const { language } = (await response.clone().json()) as { language?: unknown };
    if (language) return [`${language}`];
  } catch {
    // Whoever needs the bot finds that out too, and says so.
  }
  return navigator.languages;
}
