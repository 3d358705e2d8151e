/** latchkey-more.js: what few visitors need, and what only a phone does. */
import type { TemplateResult } from "lit";
import type { Transcript } from "../../transcript.js";
import { moreEnglish, type MoreTexts } from "../../texts.js";
import { complete, type Voice } from "../../words.js";
import type { Contact } from "../more-module.js";
import type { Lit } from "../view-module.js";
import { enterWith, html, svg } from "../views/lit.js";
import styles from "./more.css";
import { Calendar } from "./calendar.js";
import { transcriptFile } from "./transcript-file.js";

export { contactsOf } from "../contacts.js";
export { createBackEntry } from "./back.js";
export { showUnread } from "./badge.js";

export function enter(root: ShadowRoot, lit: Lit): void {
  enterWith(styles, root, lit);
  // Another script tag with another copy of this file may have been first.
  if (!customElements.get("latchkey-calendar")) customElements.define("latchkey-calendar", Calendar);
}

export function download(transcript: Transcript, botName: string, voice: Voice): void {
  const { name, text } = transcriptFile(transcript, { botName, you: textsOf(voice).you, locale: voice.locale, now: Date.now() });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  // The browser takes its time to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function contactsView(contacts: readonly Contact[], voice: Voice): TemplateResult {
  return html`<p id="end">${textsOf(voice).contact}</p>
    <ul class="contacts" role="list">${contacts.map(({ href, text }) => {
      const isPage = /^https?:/i.test(href);
      return html`<li><a href=${href} target=${isPage ? "_blank" : "_self"} rel="noopener noreferrer">${icon(href)}<span dir="auto">${text}</span></a></li>`;
    })}</ul>`;
}

const icons = {
  mailto: ["M4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6Z", "m3.5 7 8.5 6 8.5-6"],
  tel: ["M6 4h3l1.5 4.5-2 1.5a12 12 0 0 0 5.5 5.5l1.5-2L20 15v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2Z"],
  page: ["M14 5h5v5", "m19 5-8.5 8.5", "M17 14v3.5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 5 17.5v-9A1.5 1.5 0 0 1 6.5 7H10"],
};

function icon(href: string): TemplateResult {
  const paths = icons[/^(mailto|tel):/i.exec(href)?.[1]?.toLowerCase() as "mailto" | "tel" | undefined ?? "page"];
  return svg`<svg viewBox="0 0 24 24" aria-hidden="true">${paths.map((d) => svg`<path d=${d} />`)}</svg>`;
}

function textsOf(voice: Voice): MoreTexts {
  return complete({ lang: null, launcher: null, chat: null, rich: null, more: moreEnglish }, voice.spoken).more;
}
