/** The list of messages, with the buttons that the bot offers at its end. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Json } from "../protocol.js";
import { emptyTranscript, type Transcript } from "../transcript.js";
import type { ChatTexts } from "../texts.js";
import { hideIcon, lockIcon, unlockIcon } from "./icons.js";
import styles from "./messages.css";
import { rowsOf, type Row } from "./rows.js";
import type { Outgoing } from "./session.js";
import { sheet, theme } from "./theme.js";

export class Messages extends LitElement {
  static override styles = [theme, sheet(styles)];
  static override properties = {
    transcript: { attribute: false },
    outgoing: { attribute: false },
    botName: { attribute: false },
    texts: { attribute: false },
    choose: { attribute: false },
  };
  declare transcript: Transcript;
  declare outgoing: readonly Outgoing[];
  declare botName: string;
  declare texts: ChatTexts;
  declare choose: (value: Json) => void;

  #stayAtEnd = true;
  #resized = new ResizeObserver(() => this.#stayAtEnd && this.#scrollToEnd());

  constructor() {
    super();
    this.transcript = emptyTranscript;
    this.outgoing = [];
  }

  override focus(): void {
    this.#log?.focus();
  }

  protected override updated(changed: PropertyValues): void {
    const sent = changed.has("outgoing") && this.outgoing.length > 0;
    if (this.#stayAtEnd || sent) this.#scrollToEnd();
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#log!);
  }

  protected override render(): TemplateResult {
    const { texts, transcript } = this;
    return html`<div class="log" role="log" tabindex="0" aria-live="polite" aria-label=${texts.conversation} @scroll=${this.#scrolled}>
      <div class="rows">${rowsOf(transcript).map((row) => this.#row(row))}</div>
      ${keyed(transcript.entries.length, this.#unsettled())}
    </div>`;
  }

  /** What stands below the messages. It is made anew below each: if it moved, the page's layout would count as shifting. */
  #unsettled(): TemplateResult {
    const { outgoing, texts, transcript } = this;
    return html`${outgoing.length ? html`<div class="rows" aria-live="off">${outgoing.map((message) => this.#outgoingBubble(message))}</div>` : nothing}
      ${transcript.ask?.options.length ? this.#options() : nothing}
      ${transcript.typing
        ? html`<div class="typing" role="img" aria-live="off" aria-label=${texts.typing}><i></i><i></i><i></i></div>`
        : nothing}`;
  }

  get #log(): HTMLElement | null {
    return this.renderRoot.querySelector(".log");
  }

  #scrollToEnd(): void {
    const log = this.#log;
    if (log) log.scrollTop = log.scrollHeight;
  }

  #scrolled({ target }: Event): void {
    const { scrollTop, scrollHeight, clientHeight } = target as HTMLElement;
    this.#stayAtEnd = scrollHeight - scrollTop - clientHeight < 40;
  }

  #row(row: Row): TemplateResult {
    if (row.row === "notice") return html`<p class="notice">${noticeIcon(row.notice)}<span>${this.texts.notices[row.notice]}</span></p>`;
    const speaker = row.from === "bot" ? this.texts.botSays(this.botName) : this.texts.youSay;
    return html`<div class="group ${row.from}">
      <span class="unseen">${speaker}</span>${row.texts.map((text) => html`<p class="bubble" dir="auto">${text}</p>`)}
    </div>`;
  }

  #outgoingBubble({ text, failed }: Outgoing): TemplateResult {
    return html`<div class="group user">
      <span class="unseen">${this.texts.youSay}</span>
      <p class="bubble waiting" dir="auto">${text}</p>
      <p class="state ${failed ? "failed" : ""}">${failed ? this.texts.notSent : this.texts.sending}</p>
    </div>`;
  }

  #options(): TemplateResult {
    const options = this.transcript.ask?.options ?? [];
    return html`<div class="options" role="group" aria-label=${this.texts.suggestions}>
      ${options.map(
        ({ label, value }) => html`<button type="button" dir="auto" @click=${(event: MouseEvent) => this.#chosen(event, value)}>${label}</button>`,
      )}
    </div>`;
  }

  #chosen(event: MouseEvent, value: Json): void {
    // The second click of a double click may already meet the buttons of the next question.
    if (event.detail <= 1) this.choose(value);
  }
}

function noticeIcon(notice: Extract<Row, { row: "notice" }>["notice"]): TemplateResult | typeof nothing {
  if (notice === "signedIn") return lockIcon;
  if (notice === "signedOut") return unlockIcon;
  return notice === "concealed" ? hideIcon : nothing;
}
