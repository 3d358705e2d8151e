/** The chat panel: a dialog beside the launcher, on a phone the whole screen. */
import { html, LitElement, nothing, svg, type TemplateResult } from "lit";
import type { Json } from "../protocol.js";
import { startTimer } from "../timer.js";
import { emptyTranscript, lastWords, messagesSince, type Entry, type Transcript } from "../transcript.js";
import type { Words } from "../words.js";
import styles from "./chat.css";
import { closeIcon, moreIcon } from "./icons.js";
import { composes, keep } from "./keys.js";
import { loadBeside } from "../load-beside.js";
import type { Messages } from "./messages.js";
import type { BackEntry, Contact, MoreModule } from "./more-module.js";
import { Session, silence, type Outgoing } from "./session.js";
import { warningAt } from "./sign-in.js";
import { standing } from "./standing.js";
import { sheet, theme } from "./theme.js";

/** As in chat.css: there the panel is the whole screen, and everything behind it is out of reach. */
const fullScreen = "(max-width: 480px), (max-height: 420px), (pointer: coarse) and (max-height: 480px)";

export class ChatPanel extends LitElement {
  static override styles = [theme, sheet(styles)];
  static override properties = {
    session: { attribute: false },
    botName: { attribute: false },
    botLanguage: { attribute: false },
    texts: { attribute: false },
    contacts: { attribute: false },
    asksToEnd: { state: true },
    curtain: { state: true },
    endsSoon: { state: true },
    more: { state: true },
    offline: { attribute: false },
  };
  declare session: Session;
  declare botName: string;
  declare botLanguage: string;
  declare texts: Words;
  /** where to turn to when nobody on the page takes a hand-over */
  declare contacts: readonly Contact[];
  /** the page's option that has them */
  contactOption: string | null = null;
  declare asksToEnd: boolean;
  /** while it is drawn, no message is in the page */
  declare curtain: boolean;
  /** the sign-in does */
  declare endsSoon: boolean;
  declare more: MoreModule | null;
  /** a request waits until the browser is online: sends it */
  declare offline: (() => void) | null;
  /** it stands in the page like any other part of it, and is always open */
  inline = false;
  /** it is about to be opened: what comes before that does not count as unread */
  awaited = false;
  /** is called when the panel was opened, or closed, with the focus in it or not */
  toggled: (open: boolean, hadFocus: boolean) => void = () => {};
  /** is called with the number of the bot's messages that came since the panel was closed */
  unreadChanged: (count: number) => void = () => {};
  /** whether the page took the hand-over */
  isTaken = false;

  #hadFocus = false;
  #fullScreen = matchMedia(fullScreen);
  #moreLoads: Promise<MoreModule | null> | null = null;
  #backEntry: BackEntry | null = null;
  #isAway = false;
  #connected!: AbortController;
  /** the last entry when the panel was closed; null while it is open */
  #lastRead: { entry: Entry | undefined } | null = null;
  #unread = 0;
  #signInEnds: string | null = null;
  #stopWatch = () => {};

  constructor() {
    super();
    this.contacts = [];
    this.endsSoon = false;
    this.more = null;
    this.offline = null;
    this.asksToEnd = false;
    this.curtain = false;
    this.botName = this.botLanguage = "";
    this.session = new Session(silence);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { signal } = (this.#connected = new AbortController());
    this.#fullScreen.addEventListener("change", this.#fit, { signal });
    addEventListener("pagehide", this.#left, { signal });
    addEventListener("pageshow", this.#returned, { signal });
    addEventListener("focus", this.#woken, { signal });
    document.addEventListener("visibilitychange", this.#woken, { signal });
    for (const change of ["resize", "scroll"]) visualViewport?.addEventListener(change, this.#fit, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connected.abort();
    this.#stopWatch();
    this.#backEntry?.stop();
  }

  /** From now on it shows this conversation. Unless it is new, what was said has been read. */
  converse(session: Session, isNew: boolean): void {
    this.session = session;
    this.#lastRead = { entry: isNew ? undefined : session.transcript.entries.at(-1) };
    if (!isNew) this.#messages?.restore();
  }

  get isOpen(): boolean { return this.#dialog?.open ?? false; }

  /** Opens the panel; with `moveFocus` the user can write at once. */
  async open(moveFocus: boolean): Promise<void> {
    await this.updateComplete;
    // What ended before anybody could read it is there to be read.
    const isRead = !this.awaited && !this.#unread;
    if (this.session.transcript.finished && !this.#isHandedOver && isRead) this.session.restart();
    this.#showDialog();
    this.removeAttribute("laid-out");
    this.#lastRead = null;
    this.awaited = false;
    this.#count();
    this.toggled(true, moveFocus);
    void this.#messages?.date();
    await this.updateComplete;
    if (moveFocus) this.#focusFooter();
    else if (this.#isFullScreen) this.#messages?.focus();
  }

  /** Closes the panel. The conversation stays, unless it has ended; with a hand-over it goes on elsewhere. */
  close(): void {
    const hadFocus = this.#hasFocus;
    this.#dialog?.close();
    this.#backEntry?.leave();
    this.asksToEnd = false;
    if (!this.#isHandedOver) this.session.clearEnded();
    this.#lastRead = { entry: this.session.transcript.entries.at(-1) };
    this.toggled(false, hadFocus);
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.#hasFocus;
    this.#count();
    if (this.session.transcript.authenticationExpiresAt !== this.#signInEnds) this.#watchSignIn();
    if (this.#showsContacts || this.session.transcript.ask?.attributeType === "date") this.#moreLoads ??= this.#loadMore();
  }

  /** What had the focus may be gone, with the composer or with the buttons among the messages. */
  protected override async updated(): Promise<void> {
    if (!this.#hadFocus) return;
    await this.#messages?.updateComplete;
    if (this.isOpen && !this.#hasFocus) this.#focusFooter();
  }

  protected override render(): TemplateResult {
    const { texts, botName } = this;
    const transcript = this.curtain ? emptyTranscript : this.session.transcript;
    return html`<dialog part="panel" lang=${texts.lang} aria-labelledby="name" @keydown=${this.#pressed} @keypress=${keep} @keyup=${keep} @cancel=${this.#cancelled}>
      <header part="header">
        <span class="mark" aria-hidden="true">${[...botName][0]}</span>
        <h2 id="name" lang=${this.botLanguage}><bdi>${botName}</bdi></h2>
        <div class="standing">${standing(transcript, texts, this.endsSoon, this.#signOut)}</div>
        ${transcript.finished
          ? nothing
          : html`<button type="button" class="tool" popovertarget="menu" aria-label=${texts.moreOptions} title=${texts.moreOptions}>${moreIcon}</button>
            <div id="menu" popover>
              <button type="button" @click=${this.#download}>${texts.download}</button>
              <button type="button" @click=${() => this.#askToEnd(true)}>${texts.endChat}</button>
            </div>`}
        ${this.inline ? nothing : html`<button type="button" class="tool" aria-label=${texts.close} title=${texts.close} @click=${this.close}>${closeIcon}</button>`}
      </header>
      <latchkey-messages exportparts="bot-message, user-message, option" .transcript=${transcript} .outgoing=${this.curtain ? [] : this.session.outgoing}
        .botName=${botName} .botLanguage=${this.botLanguage} .texts=${texts} .choose=${this.#choose}
        .retry=${this.#retry} .offline=${this.offline}></latchkey-messages>
      ${this.#footer(transcript)}
    </dialog>`;
  }

  /** Each kind is an element of its own: one that grew upwards would count as a shift of the page's layout. */
  #footer(transcript: Transcript): TemplateResult {
    const { finished, ask, typing } = transcript;
    const { texts } = this;
    if (finished) {
      return html`<footer class="decision">
        ${this.#showsContacts && this.more
          ? this.more.contactsView(this.contacts, texts)
          : html`<p id="end">${texts.finished[this.#isPassedOn ? "passedOn" : finished]}</p>`}
        <div class="choices">
          <button type="button" class="primary" aria-describedby="end" @click=${this.#restart}>${texts.startAgain}</button>
          ${transcript.entries.length ? html`<button type="button" class="quiet" @click=${this.#download}>${texts.download}</button>` : nothing}
        </div>
      </footer>`;
    }
    if (this.asksToEnd) {
      return html`<footer class="decision" role="group" aria-labelledby="question" aria-describedby="explanation">
        <p id="question"><strong>${texts.endQuestion}</strong></p>
        <p id="explanation">${texts.endExplanation}</p>
        <div class="choices">
          <button type="button" class="secondary" @click=${() => this.#askToEnd(false)}>${texts.endCancel}</button>
          <button type="button" class="primary" @click=${this.#end}>${texts.endConfirm}</button>
        </div>
      </footer>`;
    }
    return html`<footer><latchkey-composer .texts=${texts} .send=${this.#send} .busy=${typing} .conversation=${this.session.key}
      .sensitive=${this.session.sensitive} .attributeType=${ask?.attributeType ?? "text"}
      .hasCalendar=${this.more !== null && ask?.attributeType === "date"} .objection=${ask?.repeated ? lastWords(transcript) : ""}></latchkey-composer></footer>`;
  }

  get #hasFocus(): boolean { return Boolean(this.shadowRoot?.activeElement); }

  get #isHandedOver(): boolean {
    const { finished, entries } = this.session.transcript;
    return finished === "handedOver" && entries.length > 0;
  }

  get #isPassedOn(): boolean { return this.session.transcript.finished === "handedOver" && !this.isTaken; }

  get #showsContacts(): boolean { return this.#isPassedOn && (this.contacts.length > 0 || (this.contactOption !== null && !this.more)); }

  get #messages(): Messages | null {
    // Out of the page it is never drawn, and at first it is not defined.
    return this.renderRoot?.querySelector("latchkey-messages:defined") ?? null;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  #showDialog(): void {
    const dialog = this.#dialog;
    if (!dialog) return;
    const modal = this.#isFullScreen;
    if (dialog.open && dialog.matches(":modal") === modal) return;
    dialog.close();
    if (modal) {
      dialog.showModal();
      void this.#enterHistory();
    }
    else dialog.open = true; // unlike show(), this leaves the focus where it is
    this.#fit();
  }

  get #isFullScreen(): boolean { return !this.inline && this.#fullScreen.matches; }

  /** Full screen is what the on-screen keyboard leaves of it. */
  #fit = (): void => {
    const dialog = this.#dialog;
    if (!dialog?.open) return;
    if (dialog.matches(":modal") !== this.#isFullScreen) this.#showDialog();
    // Who enlarges the page with two fingers enlarges the chat.
    if ((visualViewport?.scale ?? 1) > 1) return;
    const view = this.#isFullScreen ? visualViewport : null;
    // A page may have set `zoom`.
    const px = (length: number) => `${length / (dialog.currentCSSZoom || 1)}px`;
    dialog.style.height = view ? px(view.height) : "";
    // A phone may have moved the page up to show the field.
    dialog.style.top = view ? px(view.offsetTop) : "";
  };

  /** The back button closes what was opened last, and at the end the whole screen. */
  async #enterHistory(): Promise<void> {
    this.#backEntry ??= (await (this.#moreLoads ??= this.#loadMore()))?.createBackEntry(() => {
      this.#stepBack();
      if (this.isOpen) this.#backEntry?.enter();
    }) ?? null;
    if (this.isOpen) this.#backEntry?.enter();
  }

  async #loadMore(): Promise<MoreModule | null> {
    const more = await loadBeside<MoreModule>("more");
    if (more && !this.more) {
      more.enter(this.renderRoot as ShadowRoot, { html, svg, nothing });
      if (this.contactOption) this.contacts = more.contactsOf(this.contactOption);
      this.more = more;
    }
    return more;
  }

  /** Counts what came while the panel is closed. */
  #count(): void {
    const unread = this.#lastRead && !this.awaited ? messagesSince(this.session.transcript, this.#lastRead.entry) : 0;
    if (unread !== this.#unread) this.unreadChanged((this.#unread = unread));
  }

  /** Before the sign-in is over the header says so. A timer alone would be late where the computer slept. */
  #watchSignIn = (): void => {
    const { authenticatedAt, authenticationExpiresAt } = this.session.transcript;
    this.#signInEnds = authenticationExpiresAt;
    this.#stopWatch();
    const left = authenticationExpiresAt ? warningAt(Date.parse(authenticatedAt ?? ""), Date.parse(authenticationExpiresAt)) - Date.now() : Infinity;
    this.endsSoon = left <= 0;
    if (left > 0 && left < Infinity) this.#stopWatch = startTimer(left, this.#watchSignIn);
  };

  get #menu(): HTMLElement | null { return this.renderRoot.querySelector("#menu"); }

  #left = (): void => {
    this.#isAway = true;
    this.session.clearEnded();
    if (!this.session.transcript.authenticated) return;
    // The browser may bring the page back later as it is now: what was secured must be gone before.
    this.curtain = true;
    this.performUpdate();
  };

  /** The conversation is woken by who knows whether it is still this page's (tabs.ts). */
  #returned = (): void => {
    this.curtain = this.#isAway = false;
    this.#refresh();
  };

  #woken = (): void => {
    if (this.#isAway || document.visibilityState !== "visible") return;
    this.session.wake();
    this.#refresh();
  };

  #refresh(): void {
    this.#watchSignIn();
    this.#messages?.requestUpdate();
  }

  #pressed(event: KeyboardEvent): void {
    const isEscape = event.key === "Escape" && !composes(event) && !event.defaultPrevented;
    // An inline chat that has nothing to close is part of what the page may close.
    if (isEscape && !this.#stepBack()) return;
    keep(event);
    if (isEscape) event.preventDefault();
  }

  #cancelled(event: Event): void {
    event.preventDefault();
    this.#stepBack();
  }

  /** Closes what was opened last, and says whether there was anything. */
  #stepBack(): boolean {
    const menu = this.#menu;
    if (this.#messages?.closeImage()) return true;
    if (menu?.matches(":popover-open")) {
      menu.hidePopover();
      (menu.previousElementSibling as HTMLElement).focus();
    } else if (this.asksToEnd) void this.#askToEnd(false);
    else if (!this.inline) this.close();
    else return false;
    return true;
  }

  async #askToEnd(asks: boolean): Promise<void> {
    this.#menu?.hidePopover();
    this.asksToEnd = asks;
    await this.updateComplete;
    this.#focusFooter();
  }

  async #download(): Promise<void> {
    this.#menu?.hidePopover();
    // Who presses again has it tried again.
    (this.more ?? (await this.#loadMore()))?.download(this.session.transcript, this.botName, this.texts);
  }

  #signOut = (): void => this.session.signOut();

  #retry = (message: Outgoing): void => this.session.retry(message);

  #end(): void {
    this.session.end();
    void this.#askToEnd(false);
  }

  async #restart(): Promise<void> {
    this.session.restart();
    await this.updateComplete;
    this.#focusFooter();
  }

  #send = (text: string): boolean => this.session.send(text);

  #choose = (value: Json): void => {
    this.session.choose(value);
    // The button that had the focus is gone.
    this.#focusFooter();
  };

  /** Where a keyboard would slide in over them, the reader is left with the messages. */
  #focusFooter(): void {
    const next = this.renderRoot.querySelector<HTMLElement>("footer latchkey-composer, footer button");
    const slides = next?.localName === "latchkey-composer" && matchMedia("(pointer: coarse)").matches;
    (slides ? this.#messages : next)?.focus();
  }
}
