/** The button that opens the chat. It needs nothing of the chat and draws without touching the page's layout. */
import styles from "./launcher.css";
import { directionOf, type LanguageFile } from "./languages.js";
import { launcherEnglish, type LauncherTexts } from "./texts.js";

export type LauncherState = "closed" | "loading" | "open" | "failed";

export interface Launcher {
  /** stands in the page; events of the bot are dispatched on it */
  host: HTMLElement;
  /** the chat goes in here, beside the button */
  root: ShadowRoot;
  button: HTMLButtonElement;
  /** its texts in English */
  english: LauncherTexts;
  show(state: LauncherState): void;
  /** Goes on in the language of the file, or in English; what the file lacks is English too. */
  say(file: LanguageFile | null): void;
}

const tagName = "latchkey-launcher";

/** Draws the launcher into `body`. `label` is its visible text, or null for a round button. */
export function createLauncher(body: Element, label: string | null, language: string): Launcher {
  const host = document.createElement(tagName);
  host.style.setProperty("--place", `${body.querySelectorAll(tagName).length}`);
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.ariaHasPopup = "dialog";
  button.append(drawing("M21 11.5a8.5 8.5 0 0 1-12.3 7.6L3 21l1.9-5.7A8.5 8.5 0 1 1 21 11.5ZM8.5 10h7M8.5 13.5h4.5", "m6 9.5 6 6 6-6"));
  if (label) {
    const visible = document.createElement("span");
    visible.textContent = label;
    visible.lang = language;
    button.append(visible);
    button.dataset["labelled"] = "";
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
    button.dataset["state"] = state;
    host.toggleAttribute("data-open", isOpen);
    const name = isOpen ? texts.close : (label ?? texts.open);
    button.ariaLabel = name;
    button.ariaExpanded = `${isOpen}`;
    button.title = name === label ? "" : name;
    button.ariaBusy = `${state === "loading"}`;
    message.toggleAttribute("data-quiet", state === "loading");
    message.textContent = state === "failed" ? texts.unavailable : state === "loading" ? texts.loading : "";
  };
  const say = (file: LanguageFile | null) => {
    const { lang = "en", launcher } = file ?? {};
    texts = { ...launcherEnglish, ...launcher };
    host.dir = directionOf(lang);
    region.lang = lang;
    region.ariaLabel = texts.region;
    show(shown);
  };
  body.append(host);
  return { host, root, button, english: launcherEnglish, show, say };
}

/** A bubble for a closed chat, an arrow for an open one: the style sheet shows one of the paths. */
function drawing(...paths: string[]): SVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  for (const d of paths) {
    const path = document.createElementNS(namespace, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
