/** The list of messages, with the buttons that the bot offers at its end. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";
import type { Json } from "../protocol.js";
import { cardsOnOffer, emptyTranscript, isSecured, readableText, type Entry, type Transcript } from "../transcript.js";
import { fill, type Words } from "../words.js";
import { hideIcon, lockIcon, unlockIcon } from "./icons.js";
import styles from "./messages.css";
import { conceals, rowsOf, type Row, type Spoken } from "./rows.js";
import type { Outgoing } from "./session.js";
import { sheet, theme } from "./theme.js";
import { Views } from "./views.js";

/** Who waits longer than this is told that it goes on. */
const patienceMs = 3000;

export class Messages extends LitElement {
  static override styles = [theme, sheet(styles)];
  static override properties = {
    transcript: { attribute: false },
    outgoing: { attribute: false },
    botName: { attribute: false },
    botLanguage: { attribute: false },
    texts: { attribute: false },
    choose: { attribute: false },
    slow: { state: true },
  };
  declare transcript: Transcript;
  declare outgoing: readonly Outgoing[];
  declare botName: string;
  declare botLanguage: string;
  declare texts: Words;
  declare choose: (value: Json) => void;
  /** the bot has been busy for a while */
  declare slow: boolean;

  /** what was concealed: when it comes back, it is no news */
  #known = new WeakSet<Entry>();
  #patience: ReturnType<typeof setTimeout> | undefined;
  #stayAtEnd = true;
  #views = new Views(this);
  /** what is shown is of before a reload, all of it or as far as it can be shown: to a screen reader it is no news */
  #isRestoring = false;
  #resized = new ResizeObserver(() => this.#stayAtEnd && this.#scrollToEnd());

  constructor() {
    super();
    this.transcript = emptyTranscript;
    this.outgoing = [];
    this.slow = false;
  }

  override focus(): void {
    this.#log?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#isRestoring = this.transcript.entries.length > 0;
    const before = changed.get("transcript");
    if (before && conceals(before)) for (const entry of before.entries) if (isSecured(entry)) this.#known.add(entry);
    if (this.transcript.typing) this.#patience ??= setTimeout(() => (this.slow = true), patienceMs);
    else this.#stopWaiting();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const sent = changed.has("outgoing") && this.outgoing.length > 0;
    const answered = messagesOfUser(this.transcript) > messagesOfUser(changed.get("transcript") ?? this.transcript);
    if (this.#stayAtEnd || sent || answered) this.#scrollToEnd();
    if (this.#readyTranscript === this.transcript) this.#isRestoring = false;
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#log!);
  }

  protected override render(): TemplateResult {
    const { texts } = this;
    const transcript = this.#readyTranscript;
    return html`<div class="log" role="log" tabindex="0" aria-live="polite" aria-label=${texts.conversation} @scroll=${this.#scrolled}>
      <div class="rows" aria-live=${this.#isRestoring ? "off" : nothing}>${repeat(rowsOf(transcript), ({ key }) => key, (row) => this.#row(row))}</div>
      ${this.#unsettled(transcript)}
    </div><p class="unseen" role="status">${this.slow ? texts.stillWorking : ""}</p>`;
  }

  /** The conversation up to a message that cannot be shown yet. */
  get #readyTranscript(): Transcript {
    const { entries } = this.transcript;
    const waiting = entries.findIndex((entry) => entry.from === "bot" && this.#views.awaits(entry.message));
    return waiting < 0 ? this.transcript : { ...this.transcript, entries: entries.slice(0, waiting), ask: null, typing: true };
  }

  /**
   * What stands below the messages. It is made anew below each: if it moved, the page's layout would count as shifting.
   * The options stay as long as their question does: one of them may have the focus.
   */
  #unsettled(transcript: Transcript): TemplateResult {
    const { outgoing, texts } = this;
    const { length } = transcript.entries;
    return html`${keyed(length, outgoing.length
        ? html`<div class="rows" aria-live="off">${outgoing.map((message) => this.#outgoingBubble(message))}</div>`
        : nothing)}
      ${keyed(transcript.ask, transcript.ask?.options.length ? this.#options() : nothing)}
      ${keyed(length, transcript.typing
        ? html`<div class="typing" role="img" aria-live="off" aria-label=${texts.typing}><i></i><i></i><i></i></div>`
        : nothing)}`;
  }

  get #log(): HTMLElement | null {
    return this.renderRoot.querySelector(".log");
  }

  #stopWaiting(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.slow = false;
  }

  /** Shows the end; of an answer that is taller than the view, first its beginning below what the user said. */
  #scrollToEnd(): void {
    const log = this.#log;
    if (!log) return;
    const said = [...log.querySelectorAll<HTMLElement>(".rows:first-child .user .bubble")].at(-1);
    const beginning = said ? said.offsetTop + said.offsetHeight - 60 : 0;
    log.scrollTop = log.scrollTop > beginning || this.outgoing.length ? log.scrollHeight : beginning;
  }

  #scrolled({ target }: Event): void {
    const { scrollTop, scrollHeight, clientHeight } = target as HTMLElement;
    this.#stayAtEnd = scrollHeight - scrollTop - clientHeight < 40;
  }

  #row(row: Row): TemplateResult {
    if (row.row === "notice") return html`<p class="notice">${noticeIcon(row.notice)}<span>${this.texts.notices[row.notice]}</span></p>`;
    const speaker = row.from === "bot" ? fill(this.texts.botSays, this.botName) : this.texts.youSay;
    return html`<div class="group ${row.from}" aria-live=${this.#known.has(row.key) ? "off" : nothing}>
      <span class="unseen">${speaker}</span>${row.entries.map((entry) => this.#said(entry))}
    </div>`;
  }

  #said(entry: Spoken): TemplateResult {
    const view = entry.from === "bot" && this.#views.show(entry.message, {
      voice: this.texts,
      botLanguage: this.botLanguage,
      isOnOffer: cardsOnOffer(this.transcript).includes(entry),
      choose: this.#chosen,
    });
    return view || html`<p class="bubble" lang=${this.botLanguage} dir="auto">${entry.from === "bot" ? readableText(entry.message) : entry.text}</p>`;
  }

  #outgoingBubble({ text, failed }: Outgoing): TemplateResult {
    return html`<div class="group user">
      <span class="unseen">${this.texts.youSay}</span>
      <p class="bubble waiting" lang=${this.botLanguage} dir="auto">${text}</p>
      <p class="state ${failed ? "failed" : ""}">${failed ? this.texts.notSent : this.texts.sending}</p>
    </div>`;
  }

  #options(): TemplateResult {
    const options = this.transcript.ask?.options ?? [];
    return html`<div class="options" role="group" aria-label=${this.texts.suggestions}>
      ${options.map(
        ({ label, value }) => html`<button type="button" lang=${this.botLanguage} dir="auto" @click=${(event: MouseEvent) => this.#chosen(event, value)}>${label}</button>`,
      )}
    </div>`;
  }

  #chosen = (event: MouseEvent, value: Json): void => {
    // The second click of a double click may already meet the buttons of the next question.
    if (event.detail <= 1) this.choose(value);
  };
}

function messagesOfUser({ entries }: Transcript): number {
  return entries.filter(({ from }) => from === "user").length;
}

function noticeIcon(notice: Extract<Row, { row: "notice" }>["notice"]): TemplateResult | typeof nothing {
  if (notice === "signedIn") return lockIcon;
  if (notice === "signedOut" || notice === "expired") return unlockIcon;
  return notice === "concealed" ? hideIcon : nothing;
}
