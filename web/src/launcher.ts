/** The button that opens the chat. It needs nothing of the chat and draws without touching the page's layout. */
import styles from "./launcher.css";
import { directionOf, type LanguageFile } from "./languages.js";
import { launcherEnglish, type LauncherTexts } from "./texts.js";

const bubble = "M21 11.5a8.5 8.5 0 0 1-12.3 7.6L3 21l1.9-5.7A8.5 8.5 0 1 1 21 11.5ZM8.5 10h7M8.5 13.5h4.5";
const arrow = "m6 9.5 6 6 6-6";

export type LauncherState = "closed" | "loading" | "open" | "failed";

export interface Launcher {
  button: HTMLButtonElement;
  /** its texts in English */
  english: LauncherTexts;
  show(state: LauncherState): void;
  /** Goes on in the language of the file, or in English; what the file lacks is English too. */
  say(file: LanguageFile | null): void;
}

/**
 * Draws the launcher into the element's `root`. `label` is its visible text, or null for a round button; `contacts` are
 * addresses, separated by spaces, that are shown when the chat is not available.
 */
export function createLauncher(element: HTMLElement, root: ShadowRoot, label: string | null, contacts: string | null, language: string): Launcher {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.ariaHasPopup = "dialog";
  const path = drawPath(button);
  if (label) {
    const visible = document.createElement("span");
    visible.textContent = label;
    visible.lang = language;
    button.append(visible);
  }
  const message = document.createElement("p");
  message.role = "status";
  const region = document.createElement("section");
  region.append(message, button);
  root.append(region);

  let texts = launcherEnglish;
  let shown: LauncherState = "closed";
  const show = (state: LauncherState) => {
    shown = state;
    const isOpen = state === "open";
    element.dataset["state"] = state;
    path.setAttribute("d", isOpen ? arrow : bubble);
    const name = isOpen ? texts.close : (label ?? texts.open);
    button.ariaLabel = button.title = name;
    button.ariaExpanded = `${isOpen}`;
    message.textContent = state === "failed" ? texts.unavailable : state === "loading" ? texts.loading : "";
    if (state === "failed") message.append(...linksTo(contacts));
  };
  const say = (file: LanguageFile | null) => {
    const { lang = "en", launcher } = file ?? {};
    texts = { ...launcherEnglish, ...launcher };
    element.dir = directionOf(lang);
    region.lang = lang;
    message.lang = launcher?.unavailable ? lang : "en";
    region.ariaLabel = texts.region;
    show(shown);
  };
  return { button, english: launcherEnglish, show, say };
}

/** Addresses of other schemes than these lead nowhere. */
function linksTo(contacts: string | null): HTMLElement[] {
  const links = (contacts?.split(" ") ?? []).map((address) => {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = address.replace(/^\w+:\/*/, "");
    return link;
  });
  return links.filter(({ href }) => /^(https?|mailto|tel):/.test(href));
}

/** An empty path in an SVG of 24 units. */
function drawPath(button: HTMLElement): SVGElement {
  const create = (name: string) => document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
  const svg = create("svg");
  const path = create("path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  svg.append(path);
  button.append(svg);
  return path;
}
