/** Cards in a row that is moved sideways. */
import type { TemplateResult } from "lit";
import type { Card, CardButton, CardsMessage } from "../../protocol.js";
import type { RichTexts } from "../../texts.js";
import { fillCount } from "../../words.js";
import type { ViewContext } from "../view-module.js";
import { linkOf, sourceOf } from "./address.js";
import { brokenIcon, linkIcon, stepIcon } from "./icons.js";
import { html, nothing } from "./lit.js";
import { picture } from "./media.js";

/** To a screen reader a row of cards is announced by their number; one card alone is read out. */
export function cardsView({ cards }: CardsMessage, context: ViewContext, texts: RichTexts): TemplateResult {
  const items = cards.map((card) => html`<li class="card">${cardView(card, context, texts)}</li>`);
  const quiet = context.isKnown ? "off" : nothing;
  if (items.length < 2) return html`<ul class="cards" role="list" aria-live=${quiet}>${items}</ul>`;
  return html`<latchkey-carousel aria-live=${quiet} data-locale=${context.voice.locale}>
    <span class="unseen">${fillCount(texts.cards, items.length, context.voice.locale)}</span>
    <ul class="cards" role="list" tabindex="0" aria-live="off">${items}</ul>
    <div class="steps" aria-live="off">
      <button type="button" data-step="-1" aria-label=${texts.previousCard} title=${texts.previousCard}>${stepIcon()}</button>
      <span class="count"></span>
      <button type="button" data-step="1" aria-label=${texts.nextCard} title=${texts.nextCard}>${stepIcon()}</button>
    </div>
  </latchkey-carousel>`;
}

function cardView({ title, text, image, alt = "", buttons = [] }: Card, context: ViewContext, texts: RichTexts): TemplateResult {
  const { botLanguage } = context;
  return html`${image === undefined ? nothing : html`<div class="place" lang=${botLanguage}>${cardPicture(image, alt)}</div>`}
    <div class="words" lang=${botLanguage}>
      <strong dir="auto">${title}</strong>
      ${text ? html`<p dir="auto">${text}</p>` : nothing}
    </div>
    ${buttons.map((button) => buttonView(button, context, texts))}`;
}

function cardPicture(image: string, alt: string): TemplateResult {
  const source = sourceOf(image);
  return source ? picture(source, alt) : html`<span class="broken shown">${brokenIcon()}<span dir="auto">${alt}</span></span>`;
}

function buttonView(button: CardButton, { botLanguage, isOnOffer, choose }: ViewContext, texts: RichTexts): TemplateResult | typeof nothing {
  const label = html`<span dir="auto" lang=${botLanguage}>${button.label}</span>`;
  if ("url" in button) {
    const href = linkOf(button.url);
    return href
      ? html`<a href=${href} target="_blank" rel="noopener noreferrer" title=${texts.opensInNewTab}>${label}${linkIcon()}</a>`
      : nothing;
  }
  const { value } = button;
  return html`<button type="button" aria-disabled="${!isOnOffer}" title=${isOnOffer ? nothing : texts.noLongerOnOffer}
    @click=${(event: MouseEvent) => isOnOffer && choose(event, value)}>${label}</button>`;
}
