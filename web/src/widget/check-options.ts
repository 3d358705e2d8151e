/**
 * latchkey-options.js: tells the page's author, once, which options are unknown or have a value that means nothing. The chat
 * does without them.
 */
import { contactsOf } from "./contacts.js";
import { nearest } from "../nearest.js";
import { optionNames } from "../options.js";
import { parse } from "../words.js";

/** The first is taken in place of what is none of them. */
const values: Record<string, readonly string[]> = {
  layout: ["floating", "inline"],
  load: ["interest", "idle"],
};

const said = new Set<string>();

export function checkOptions(element: HTMLElement): void {
  for (const { name, value } of element.attributes) {
    const problem = problemOf(element, name, value);
    if (!problem || said.has(problem)) continue;
    said.add(problem);
    console.warn(`latchkey: ${problem}`);
  }
}

function problemOf(element: HTMLElement, name: string, value: string): string | undefined {
  const words = value.match(/\S+/g) ?? [];
  switch (name) {
    case "layout": case "load": {
      const [fallback, ...others] = values[name]!;
      return values[name]!.includes(value) ? undefined : `the option ${name} cannot be "${value}": "${fallback}" is taken. The others are ${others.join(", ")}.`;
    }
    case "language":
      return parse(value) || !value ? undefined : `the option language is no BCP 47 tag: "${value}". Write "de" or "pt-BR".`;
    case "contact":
      return contactsOf(value).length === words.length ? undefined : `of the option contact, "${value}", only mailto:, tel:, http: and https: addresses are shown. Separate them by spaces.`;
    case "api-origins": {
      const wrong = words.find((word) => word !== "self" && URL.parse(word)?.origin !== word);
      return wrong && `the option api-origins holds "${wrong}", which is no origin. Write "https://api.example", or "self" for the page's own.`;
    }
  }
  // What any element may have is somebody else's.
  if ((optionNames as readonly string[]).includes(name) || name in element || /^(class|tabindex|data-|aria-|on)/.test(name)) return;
  const meant = nearest(name, optionNames);
  return meant && `the option "${name}" is unknown. Did you mean "${meant}"?`;
}
