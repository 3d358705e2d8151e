/** What the list of messages asks of latchkey-rich.js and latchkey-markdown.js, which it loads when a message needs them. */
import type { html, nothing, svg, TemplateResult } from "lit";
import type { Json, Message } from "../protocol.js";
import type { Voice } from "../words.js";

/** Handed over, for a second copy of Lit would be a second Trusted Types policy of its name. */
export interface Lit {
  html: typeof html;
  svg: typeof svg;
  nothing: typeof nothing;
}

/** What a view knows besides its message. */
export interface ViewContext {
  /** how the chat itself speaks */
  voice: Voice;
  botLanguage: string;
  /** the message stood there as plain text before: to a screen reader it is no news */
  isKnown: boolean;
  /** buttons that send a value may be pressed */
  isOnOffer: boolean;
  choose(event: MouseEvent, value: Json): void;
}

/** The exports of latchkey-rich.js (media and cards) and latchkey-markdown.js (texts with markup). */
export interface ViewModule {
  /** Makes the views ready in `root`, where they will stand. */
  enter(root: ShadowRoot, lit: Lit): void;
  /** Null when the message is shown better as plain text. */
  view(message: Message, context: ViewContext): TemplateResult | null;
}
