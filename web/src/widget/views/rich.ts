/** latchkey-rich.js: media and cards. */
import type { TemplateResult } from "lit";
import type { Message } from "../../protocol.js";
import { richTextsFor } from "../../texts.js";
import type { Lit, ViewContext } from "../view-module.js";
import { cardsView } from "./cards.js";
import { Carousel } from "./carousel.js";
import { enterWith } from "./lit.js";
import { mediaView } from "./media.js";
import styles from "./rich.css";

export function enter(root: ShadowRoot, lit: Lit): void {
  enterWith(styles, root, lit);
  // Another script tag with another copy of this file may have been first.
  if (!customElements.get("latchkey-carousel")) customElements.define("latchkey-carousel", Carousel);
  // What plays falls silent when the panel is closed.
  root.host.closest("dialog")?.addEventListener("close", () => {
    for (const media of root.querySelectorAll<HTMLMediaElement>("video, audio")) media.pause();
  });
}

export function view(message: Message, context: ViewContext): TemplateResult | null {
  const texts = richTextsFor(context.language);
  if (message.kind === "text") return null;
  return message.kind === "cards" ? cardsView(message, context, texts) : mediaView(message, context, texts);
}
