/**
 * latchkey-markdown.js: texts with markup. Of CommonMark it shows emphasis, strong, code, links, lists and line breaks;
 * headings and quotations are paragraphs, an image is a link, and HTML is text.
 */
import type { TemplateResult } from "lit";
import { Marked, type MarkedToken, type Token, type Tokens } from "marked";
import type { Message } from "../../protocol.js";
import type { Lit, ViewContext } from "../view-module.js";
import { linkOf } from "./address.js";
import { enterWith, html, nothing } from "./lit.js";
import styles from "./markdown.css";

type Shown = TemplateResult | typeof nothing | string;

/** In UTF-16 code units. A longer text is shown as it is: nobody marks up so much, and the worst would take a second. */
const longestMarkdown = 8000;
/** Lists in lists, emphasis in emphasis: what lies deeper is shown as it was written. */
const deepest = 10;

const none = () => undefined;
const marked = new Marked({ gfm: false, tokenizer: { html: none, tag: none, def: none, code: none } });

const views = new WeakMap<Message, Shown[] | null>();

export function enter(root: ShadowRoot, lit: Lit): void {
  enterWith(styles, root, lit);
}

export function view(message: Message, { botLanguage, isKnown }: ViewContext): TemplateResult | null {
  if (message.kind !== "text" || message.markdown === undefined) return null;
  if (!views.has(message)) views.set(message, read(message.markdown));
  const blocks = views.get(message);
  return blocks ? html`<div class="bubble markup" part="bot-message" lang=${botLanguage} dir="auto" aria-live=${isKnown ? "off" : nothing}>${blocks}</div>` : null;
}

function read(markdown: string): Shown[] | null {
  if (markdown.length > longestMarkdown) return null;
  try {
    return showAll(marked.lexer(markdown), { levels: deepest });
  } catch {
    // A text that is nested thousands deep overflows the stack.
    return null;
  }
}

/** Where a token stands: how many levels may still follow, and whether it is a link's text. */
interface Place { levels: number; inLink?: boolean }

function showAll(tokens: Token[], { levels, inLink = false }: Place): Shown[] {
  return levels > 0 ? tokens.map((token) => show(token as MarkedToken, { levels: levels - 1, inLink })) : tokens.map(({ raw }) => raw);
}

function show(token: MarkedToken, place: Place): Shown {
  switch (token.type) {
    case "space": return nothing;
    case "paragraph": return html`<p dir="auto">${showAll(token.tokens, place)}</p>`;
    case "heading": return html`<p dir="auto"><strong>${showAll(token.tokens, place)}</strong></p>`;
    case "blockquote": return html`${showAll(token.tokens, place)}`;
    case "list": return list(token, place);
    case "code": return html`<pre dir="auto" tabindex="0"><code>${withoutEscapes(token.text)}</code></pre>`;
    case "hr": return html`<hr>`;
    case "strong": return html`<strong>${showAll(token.tokens, place)}</strong>`;
    case "em": return html`<em>${showAll(token.tokens, place)}</em>`;
    case "codespan": return html`<code>${withoutEscapes(token.text)}</code>`;
    case "link": return link(token, place);
    case "image": return place.inLink ? token.text : anchor(token.href, [token.text]);
    case "br": return html`<br>`;
    case "text": return token.tokens ? html`${showAll(token.tokens, place)}` : lines(token.text);
    case "escape": return token.text;
    default: return token.raw;
  }
}

function list({ ordered, start, items }: Tokens.List, place: Place): TemplateResult {
  const shown = items.map((item) => html`<li>${showAll(item.tokens, place)}</li>`);
  return ordered ? html`<ol dir="auto" start=${start}>${shown}</ol>` : html`<ul dir="auto">${shown}</ul>`;
}

function link({ autolink, href, text, tokens }: Tokens.Link, place: Place): Shown {
  return autolink ? anchor(withoutEscapes(href), [withoutEscapes(text)]) : anchor(href, text ? showAll(tokens, { ...place, inLink: true }) : [href]);
}

/** Words that lead somewhere, or that are words alone when the address is none of those that are allowed. */
function anchor(address: string, words: Shown[]): TemplateResult {
  const href = linkOf(address);
  return href ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${words}</a>` : html`${words}`;
}

/** In a chat a new line is one, although CommonMark would join the two. */
function lines(text: string): Shown {
  const [first = "", ...rest] = text.split("\n");
  return rest.length ? html`${first}${rest.map((line) => html`<br>${line}`)}` : first;
}

/** In code, and in an address in angle brackets, a backslash is one; but there too the engine escaped what a value holds. */
function withoutEscapes(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, "$1");
}
