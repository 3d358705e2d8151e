/** The list of messages, with the buttons that the bot offers at its end. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";
import type { Json } from "../protocol.js";
import { nextTask, startTimer } from "../timer.js";
import { cardsOnOffer, emptyTranscript, isSecured, messagesSince, textOf, type Entry, type Spoken, type Transcript } from "../transcript.js";
import { fill, fillCount, type Words } from "../words.js";
import { dayName, dayOf, timeOf } from "./clock.js";
import { downIcon, hideIcon, lockIcon, unlockIcon } from "./icons.js";
import styles from "./messages.css";
import { conceals, concealsQuestion, isSame, rowsOf, type Row } from "./rows.js";
import type { Outgoing } from "./session.js";
import { sheet, theme } from "./theme.js";
import { Views } from "./views.js";

/** Who waits longer than this is told that it goes on. */
const patienceMs = 3000;

/** Messages that are drawn, and laid out, again only when one of them changed: in a long conversation a new one costs no more. */
const blockSize = 50;

interface Block { number: number; rows: Row[] }

export class Messages extends LitElement {
  static override styles = [theme, sheet(styles)];
  static override properties = {
    transcript: { attribute: false },
    outgoing: { attribute: false },
    botName: { attribute: false },
    botLanguage: { attribute: false },
    texts: { attribute: false },
    choose: { attribute: false },
    retry: { attribute: false },
    offline: { attribute: false },
    slow: { state: true },
    fresh: { state: true },
    optionsBelow: { state: true },
    today: { state: true },
    dated: { state: true },
  };
  declare transcript: Transcript;
  declare outgoing: readonly Outgoing[];
  declare botName: string;
  declare botLanguage: string;
  declare texts: Words;
  declare choose: (value: Json) => void;
  declare retry: (message: Outgoing) => void;
  /** sends the request that waits until the browser is online; null when none does */
  declare offline: (() => void) | null;
  /** the bot has been busy for a while */
  declare slow: boolean;
  /** so many messages of the bot came below what is in view */
  declare fresh: number;
  /** the buttons of the question are below what is in view */
  declare optionsBelow: boolean;
  /** the beginning of the day */
  declare today: number;
  /** times and days are shown, and not only their places */
  declare dated: boolean;

  /** what was concealed: when it comes back, it is no news */
  #known = new WeakSet<Entry>();
  #patience: ReturnType<typeof setTimeout> | undefined;
  #stayAtEnd = true;
  #rows = new WeakMap<Entry, Row>();
  /** counts entries, so that each stays in its block whatever is hidden */
  #numbers = new WeakMap<Entry, number>();
  #count = 0;
  #stopDay = () => {};
  #views = new Views(this);
  #connectionChanged = () => this.requestUpdate();
  /** what is shown is of before a reload, all of it or as far as it can be shown: to a screen reader it is no news */
  #isRestoring = false;
  #resized = new ResizeObserver(() => this.#stayAtEnd && this.#scrollToEnd());

  constructor() {
    super();
    this.transcript = emptyTranscript;
    this.outgoing = [];
    this.offline = null;
    this.slow = false;
    this.fresh = 0;
    this.optionsBelow = false;
    this.today = 0;
    this.dated = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const change of ["online", "offline"]) addEventListener(change, this.#connectionChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const change of ["online", "offline"]) removeEventListener(change, this.#connectionChanged);
    this.#stopDay();
  }

  override focus(): void {
    this.#log?.focus();
  }

  /** Closes an image that is shown large, and says whether there was one. */
  closeImage(): boolean {
    const image = this.renderRoot.querySelector("dialog");
    image?.close();
    return image !== null;
  }

  /** From the next frame on times and days are shown. A browser's first date takes it long, and half of that is done with its first comparison. */
  async date(): Promise<void> {
    if (this.dated) return;
    await new Promise(requestAnimationFrame);
    await nextTask();
    "a".localeCompare("b");
    await nextTask();
    timeOf(0, this.texts.locale);
    await nextTask();
    this.dated = true;
  }

  /** What is shown next is of before a reload; all of it at once. */
  restore(): void { this.#isRestoring = this.dated = true; }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#lookAtDay();
    if (!this.transcript.ask) this.optionsBelow = false;
    const before = changed.get("transcript");
    if (before && !this.#stayAtEnd) this.fresh += messagesSince(this.transcript, before.entries.at(-1));
    if (before && conceals(before)) for (const entry of before.entries) if (isSecured(entry)) this.#known.add(entry);
    if (this.transcript.typing && !this.offline) this.#patience ??= setTimeout(() => (this.slow = true), patienceMs);
    else this.#stopWaiting();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const sent = changed.has("outgoing") && this.outgoing.length > 0;
    const before = changed.get("transcript");
    const answered = before && messagesSince(this.transcript, before.entries.at(-1), "user") > 0;
    if (this.#stayAtEnd || sent || answered) this.#scrollToEnd();
    if (this.#readyTranscript === this.transcript) this.#isRestoring = false;
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#log!);
    // What comes into view for the first time may be higher than it was thought to be.
    this.#resized.observe(this.#log!.firstElementChild!);
  }

  protected override render(): TemplateResult {
    const { texts } = this;
    const transcript = this.#readyTranscript;
    return html`<div class="log" role="log" tabindex="0" aria-live="polite" aria-label=${texts.conversation} @scroll=${this.#scrolled}>
      <div class="rows" aria-live=${this.#isRestoring ? "off" : nothing}>${this.#blocks(transcript)}</div>
      ${this.#unsettled(transcript)}
    </div>
    ${this.fresh || this.optionsBelow
      ? html`<button type="button" class="fresh" @click=${this.#goToEnd}>${downIcon}${this.fresh ? fillCount(texts.newMessages, this.fresh, texts.locale) : texts.suggestions}</button>`
      : nothing}
    <p class="unseen" role="status">${this.slow ? texts.stillWorking : ""}</p>`;
  }

  /** The conversation up to a message that cannot be shown yet. */
  get #readyTranscript(): Transcript {
    const { entries } = this.transcript;
    const waiting = entries.findIndex((entry) => entry.from === "bot" && this.#views.awaits(entry.message));
    return waiting < 0 ? this.transcript : { ...this.transcript, entries: entries.slice(0, waiting), ask: null, typing: true };
  }

  #blocks(transcript: Transcript): unknown {
    const rows = rowsOf(transcript, dayOf).map((row) => {
      const known = this.#rows.get(row.key);
      if (known && isSame(known, row)) return known;
      this.#rows.set(row.key, row);
      return row;
    });
    const blocks: Block[] = [];
    for (const row of rows) {
      const number = Math.floor(this.#numberOf(row.key) / blockSize);
      if (blocks.at(-1)?.number !== number) blocks.push({ number, rows: [] });
      blocks.at(-1)!.rows.push(row);
    }
    const { texts, botName, botLanguage, today, dated } = this;
    const { loaded } = this.#views;
    const offered = cardsOnOffer(this.transcript);
    const isOffered = (row: Row) => row.row === "bubbles" && row.entries.some((entry) => offered.includes(entry));
    return repeat(blocks, ({ number }) => number, ({ rows }) => {
      const offers = offered.length > 0 && rows.some(isOffered) ? transcript : null;
      return guard([texts, botName, botLanguage, today, dated, loaded, offers, ...rows], () =>
        html`<div class="block">${repeat(rows, ({ key }) => key, (row) => this.#row(row, offered))}</div>`);
    });
  }

  #numberOf(entry: Entry): number {
    const number = this.#numbers.get(entry) ?? this.#count++;
    this.#numbers.set(entry, number);
    return number;
  }

  /** What was said today was said yesterday after midnight. */
  #lookAtDay(): void {
    const now = Date.now();
    const today = dayOf(now);
    if (today === this.today) return;
    this.today = today;
    this.#stopDay();
    this.#stopDay = startTimer(new Date(now).setHours(24, 0, 0, 0) - now, () => this.requestUpdate());
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
      ${keyed(transcript.ask, transcript.ask?.options.length && !concealsQuestion(transcript) ? this.#options() : nothing)}
      ${keyed(length, this.offline
        ? html`<p class="state offline ${navigator.onLine ? "" : "failed"}">${navigator.onLine ? texts.backOnline : texts.offline} <button type="button" @click=${this.offline}>${texts.retry}</button></p>`
        : transcript.typing
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
    const last = log?.firstElementChild!.lastElementChild;
    if (!last) return;
    const said = [last, last.previousElementSibling].flatMap((block) => [...(block?.querySelectorAll(".user .bubble") ?? [])].at(-1) ?? [])[0];
    const beginning = said ? log.scrollTop + said.getBoundingClientRect().bottom - log.getBoundingClientRect().top - 60 : 0;
    // A browser scrolls by whole pixels.
    log.scrollTop = log.scrollTop > beginning + 1 || this.outgoing.length ? log.scrollHeight : beginning;
    this.fresh = [...last.querySelectorAll(".bot > :not(.unseen, .time)")].filter((message) => this.#isBelow(message)).length;
    this.optionsBelow = this.#isBelow(log.querySelector(".options"));
  }

  /** Nothing of it that could be read is in view. */
  #isBelow(element: Element | null): boolean {
    return element !== null && element.getBoundingClientRect().top > this.#log!.getBoundingClientRect().bottom - 20;
  }

  #scrolled({ target }: Event): void {
    const { scrollTop, scrollHeight, clientHeight } = target as HTMLElement;
    this.#stayAtEnd = scrollHeight - scrollTop - clientHeight < 40;
    if (this.#stayAtEnd) this.fresh = 0;
    this.optionsBelow &&= this.#isBelow(this.#log!.querySelector(".options"));
  }

  #goToEnd(): void {
    const log = this.#log!;
    log.focus();
    log.scrollTop = log.scrollHeight;
  }

  #row(row: Row, offered: Entry[]): TemplateResult {
    const { texts } = this;
    const day = this.#instant("day", row.day, (at) => dayName(at, this.today, texts.locale));
    if (row.row === "notice") return html`${day}<p class="notice">${noticeIcon(row.notice)}<span>${texts.notices[row.notice]}</span></p>`;
    const speaker = row.from === "bot" ? fill(texts.botSays, this.botName) : texts.youSay;
    return html`${day}<div class="group ${row.from} ${row.time === undefined ? "" : "timed"}" aria-live=${this.#known.has(row.key) ? "off" : nothing}>
      <span class="unseen">${speaker}</span>${row.entries.map((entry) => this.#said(entry, offered.includes(entry)))}
      ${this.#instant("time", row.time, (at) => timeOf(at, texts.locale))}
    </div>`;
  }

  /** Room for it, as long as it is not shown: an element of its own, for one that grows counts as a shift of the page's layout. */
  #instant(kind: "day" | "time", at: number | undefined, print: (at: number) => string): TemplateResult | typeof nothing {
    if (at === undefined) return nothing;
    return this.dated
      ? html`<div class=${kind} aria-live="off"><time datetime=${new Date(at).toISOString()}>${print(at)}</time></div>`
      : html`<div class=${kind}>&nbsp;</div>`;
  }

  #said(entry: Spoken, isOnOffer: boolean): TemplateResult {
    const view = entry.from === "bot" && this.#views.show(entry.message, {
      voice: this.texts,
      botLanguage: this.botLanguage,
      isOnOffer,
      choose: this.#chosen,
    });
    return view || html`<p class="bubble" part="${entry.from}-message" lang=${this.botLanguage} dir="auto">${textOf(entry)}</p>`;
  }

  #outgoingBubble(message: Outgoing): TemplateResult {
    const { text, failed, again } = message;
    return html`<div class="group user">
      <span class="unseen">${this.texts.youSay}</span>
      <p class="bubble waiting" part="user-message" lang=${this.botLanguage} dir="auto">${text}</p>
      <p class="state ${failed ? "failed" : ""}">${failed ? this.texts.notSent : this.texts.sending}
        ${failed && again !== null ? html`<button type="button" @click=${() => this.retry(message)}>${this.texts.retry}</button>` : nothing}</p>
    </div>`;
  }

  #options(): TemplateResult {
    const options = this.transcript.ask?.options ?? [];
    return html`<div class="options" role="group" aria-live=${this.#isRestoring ? "off" : nothing} aria-label=${this.texts.suggestions}>
      ${options.map(
        ({ label, value }) => html`<button type="button" part="option" lang=${this.botLanguage} dir="auto" @click=${(event: MouseEvent) => this.#chosen(event, value)}>${label}</button>`,
      )}
    </div>`;
  }

  #chosen = (event: MouseEvent, value: Json): void => {
    // The second click of a double click may already meet the buttons of the next question.
    if (event.detail <= 1) this.choose(value);
  };
}

function noticeIcon(notice: Extract<Row, { row: "notice" }>["notice"]): TemplateResult | typeof nothing {
  if (notice === "signedIn") return lockIcon;
  if (notice === "signedOut" || notice === "expired") return unlockIcon;
  return notice === "concealed" ? hideIcon : nothing;
}
