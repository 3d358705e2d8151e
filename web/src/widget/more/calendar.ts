/** A button that opens the browser's own calendar. The field beside it takes any other message too. */
import { drawn } from "../drawn.js";
import styles from "./calendar.css";

export class Calendar extends HTMLElement {
  /** is called with the day that was chosen, as YYYY-MM-DD */
  chosen: (day: string) => void = () => {};
  #button = document.createElement("button");
  #input = document.createElement("input");

  set label(words: string) { this.#button.ariaLabel = this.#button.title = words; }

  /** the day that the calendar opens at, if it is one */
  set value(text: string) { this.#input.value = /^\d{4}-\d\d-\d\d$/.test(text.trim()) ? text.trim() : ""; }

  connectedCallback(): void {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    Object.assign(this.#input, { type: "date", tabIndex: -1, ariaHidden: "true", onchange: () => this.#input.value && this.chosen(this.#input.value) });
    Object.assign(this.#button, { type: "button", onclick: () => this.#open() });
    this.#button.append(drawn("M5.5 5.5h13A1.5 1.5 0 0 1 20 7v11.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5V7a1.5 1.5 0 0 1 1.5-1.5ZM4 10h16M8 3.5v4M16 3.5v4"));
    root.append(this.#button, this.#input);
  }

  #open(): void {
    try {
      this.#input.showPicker();
    } catch {
      // A frame of another origin may not: there the date is typed.
    }
  }
}
