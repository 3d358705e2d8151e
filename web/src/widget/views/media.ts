/** An image, a video, a sound or a document. Each has its place before it has come, so that nothing jumps. */
import type { TemplateResult } from "lit";
import type { MediaMessage } from "../../protocol.js";
import type { RichTexts } from "../../texts.js";
import type { ViewContext } from "../view-module.js";
import { linkOf, sourceOf } from "./address.js";
import { brokenIcon, documentIcon } from "./icons.js";
import { enlarge } from "./lightbox.js";
import { html, nothing } from "./lit.js";

export function mediaView(message: MediaMessage, context: ViewContext, texts: RichTexts): TemplateResult {
  const { kind, alt, caption } = message;
  const source = kind === "document" ? null : sourceOf(message.url);
  const name = nameOf(message, texts);
  const described = kind === "document" && alt !== name ? alt : undefined;
  return html`<figure class="media" lang=${context.botLanguage} aria-live=${context.isKnown ? "off" : nothing}>
    ${source ? player(message, source, texts, context.voice.lang) : link(message, texts)}
    ${described ? html`<span class="unseen">${described}</span>` : nothing}
    ${caption && (source || caption !== name) ? html`<figcaption><bdi>${caption}</bdi></figcaption>` : nothing}
  </figure>`;
}

function player(message: MediaMessage, source: string, texts: RichTexts, lang: string): TemplateResult {
  const name = nameOf(message, texts);
  if (message.kind === "image") {
    return html`<a class="place" href=${source} target="_blank" rel="noopener noreferrer" title=${texts.enlarge} aria-haspopup="dialog"
      @click=${(event: MouseEvent) => showLarge(event, texts, lang)}>${picture(source, name)}</a>`;
  }
  return html`<div class="place ${message.kind}">${message.kind === "video"
      ? html`<video src=${source} aria-label=${name} controls playsinline preload="metadata" @error=${showBroken}></video>`
      : html`<audio src=${source} aria-label=${name} controls preload="metadata" @error=${showBroken}></audio>`}
    <div class="broken">${link(message, texts)}</div></div>`;
}

/** What the visitor wants in a tab or a window of its own, or what did not come, is left to the browser. */
function showLarge(event: MouseEvent, texts: RichTexts, lang: string): void {
  const place = event.currentTarget as HTMLAnchorElement;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || place.hasAttribute("data-broken")) return;
  event.preventDefault();
  enlarge(place, texts, lang);
}

/** An image for the inside of a place, and what stands there when it does not come. */
export function picture(source: string, alt: string): TemplateResult {
  return html`<img src=${source} alt=${alt} loading="lazy" decoding="async" referrerpolicy="no-referrer" @error=${showBroken} />
    <span class="broken">${brokenIcon()}<span dir="auto">${alt}</span></span>`;
}

function showBroken({ target }: Event): void {
  (target as Element).parentElement?.toggleAttribute("data-broken", true);
}

/** To an address of which nothing is loaded here. */
function link(message: MediaMessage, texts: RichTexts): TemplateResult {
  const words = html`${documentIcon()}<span dir="auto">${nameOf(message, texts)}</span>`;
  const href = linkOf(message.url);
  return href
    ? html`<a class="document" href=${href} target="_blank" rel="noopener noreferrer" title=${texts.opensInNewTab}>${words}</a>`
    : html`<span class="document">${words}</span>`;
}

/** As the author calls it; a document that has no name has that of its file. */
function nameOf({ kind, url, name, alt, caption }: MediaMessage, texts: RichTexts): string {
  return name || alt || caption || (kind === "document" && fileOf(url)) || texts[kind];
}

function fileOf(url: string): string {
  const end = URL.parse(url, location.href)?.pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(end);
  } catch {
    return end;
  }
}
