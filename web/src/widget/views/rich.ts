/** latchkey-rich.js: media and cards. */
import type { TemplateResult } from "lit";
import type { Message } from "../../protocol.js";
import { richEnglish, type RichTexts } from "../../texts.js";
import { complete, type Voice } from "../../words.js";
import type { Lit, ViewContext } from "../view-module.js";
import { cardsView } from "./cards.js";
import { Carousel } from "./carousel.js";
import { enterWith } from "./lit.js";
import { mediaView } from "./media.js";
import styles from "./rich.css";

const known = new WeakMap<Voice, RichTexts>();

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
  const texts = textsOf(context.voice);
  if (message.kind === "text") return null;
  return message.kind === "cards" ? cardsView(message, context, texts) : mediaView(message, context, texts);
}

function textsOf(voice: Voice): RichTexts {
  const texts = known.get(voice) ?? complete({ lang: null, launcher: null, chat: null, rich: richEnglish }, voice.spoken).rich;
  known.set(voice, texts);
  return texts;
}
