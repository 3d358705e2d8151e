/** The button that opens the chat. It needs nothing of the chat and draws without touching the page's layout. */
import styles from "./launcher.css";
import { launcherTextsFor } from "./texts.js";

export type LauncherState = "closed" | "loading" | "open" | "failed";

export interface Launcher {
  /** stands in the page; events of the bot are dispatched on it */
  host: HTMLElement;
  /** the chat goes in here, beside the button */
  root: ShadowRoot;
  button: HTMLButtonElement;
  show(state: LauncherState): void;
}

const tagName = "latchkey-launcher";

/** Draws the launcher into `body`. `label` is its visible text, or null for a round button. */
export function createLauncher(body: Element, label: string | null, language: string): Launcher {
  const texts = launcherTextsFor(language);
  const host = document.createElement(tagName);
  host.style.setProperty("--place", `${body.querySelectorAll(tagName).length}`);
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  button.append(
    icon("M21 11.5a8.5 8.5 0 0 1-12.3 7.6L3 21l1.9-5.7A8.5 8.5 0 1 1 21 11.5Z", "M8.5 10h7M8.5 13.5h4.5"),
    icon("m6 9.5 6 6 6-6"),
  );
  if (label) {
    const visible = document.createElement("span");
    visible.textContent = label;
    visible.lang = language;
    button.append(visible);
    button.dataset["labelled"] = "";
  }
  const message = document.createElement("p");
  message.setAttribute("role", "status");
  const region = document.createElement("section");
  region.setAttribute("aria-label", texts.region);
  region.lang = texts.lang;
  region.append(message, button);
  root.append(region);

  const show = (state: LauncherState) => {
    const isOpen = state === "open";
    button.dataset["state"] = state;
    host.toggleAttribute("data-open", isOpen);
    const name = isOpen ? texts.close : (label ?? texts.open);
    button.setAttribute("aria-label", name);
    button.setAttribute("aria-expanded", `${isOpen}`);
    button.title = name === label ? "" : name;
    button.setAttribute("aria-busy", `${state === "loading"}`);
    message.toggleAttribute("data-quiet", state === "loading");
    message.textContent = state === "failed" ? texts.unavailable : state === "loading" ? texts.loading : "";
  };
  show("closed");
  body.append(host);
  return { host, root, button, show };
}

function icon(...paths: string[]): SVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const d of paths) {
    const path = document.createElementNS(namespace, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
