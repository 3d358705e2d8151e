/** The chat panel: a dialog beside the launcher, on a phone the whole screen. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Json } from "../protocol.js";
import { emptyTranscript, type Transcript } from "../transcript.js";
import { fill, type Words } from "../words.js";
import styles from "./chat.css";
import type { Composer } from "./composer.js";
import { closeIcon, endIcon, lockIcon } from "./icons.js";
import type { Messages } from "./messages.js";
import type { Session } from "./session.js";
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
    asksToEnd: { state: true },
    curtain: { state: true },
  };
  declare session: Session;
  declare botName: string;
  declare botLanguage: string;
  declare texts: Words;
  declare asksToEnd: boolean;
  /** while it is drawn, no message is in the page */
  declare curtain: boolean;
  /** is called when the panel was opened or closed */
  toggled: (open: boolean) => void = () => {};
  /** whether the page took the hand-over */
  isTaken = false;

  #hadFocus = false;
  #fullScreen = matchMedia(fullScreen);

  constructor() {
    super();
    this.asksToEnd = false;
    this.curtain = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#fullScreen.addEventListener("change", this.#fit);
    addEventListener("pagehide", this.#left);
    addEventListener("pageshow", this.#returned);
    addEventListener("focus", this.#woken);
    document.addEventListener("visibilitychange", this.#woken);
    visualViewport?.addEventListener("resize", this.#fit);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#fullScreen.removeEventListener("change", this.#fit);
    removeEventListener("pagehide", this.#left);
    removeEventListener("pageshow", this.#returned);
    removeEventListener("focus", this.#woken);
    document.removeEventListener("visibilitychange", this.#woken);
    visualViewport?.removeEventListener("resize", this.#fit);
  }

  get isOpen(): boolean { return this.#dialog?.open ?? false; }

  /** Opens the panel; with `moveFocus` the user can write at once. */
  async open(moveFocus: boolean): Promise<void> {
    await this.updateComplete;
    if (this.session.transcript.finished && !this.#isHandedOver) this.session.restart();
    this.#showDialog();
    this.toggled(true);
    await this.updateComplete;
    if (moveFocus) this.#focusFooter();
  }

  /** Closes the panel. The conversation stays, unless it has ended; with a hand-over it goes on elsewhere. */
  close(): void {
    this.#dialog?.close();
    this.asksToEnd = false;
    if (!this.#isHandedOver) this.session.clearEnded();
    this.toggled(false);
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.#hasFocus;
  }

  /** What had the focus may be gone, with the composer or with the buttons among the messages. */
  protected override async updated(): Promise<void> {
    if (!this.#hadFocus) return;
    await this.renderRoot.querySelector<Messages>("latchkey-messages")?.updateComplete;
    if (this.isOpen && !this.#hasFocus) this.#focusFooter();
  }

  protected override render(): TemplateResult {
    const { texts, botName } = this;
    const transcript = this.curtain ? emptyTranscript : this.session.transcript;
    return html`<dialog lang=${texts.lang} aria-labelledby="name" @keydown=${this.#pressed} @cancel=${this.#cancelled}>
      <header>
        <span class="mark" aria-hidden="true">${[...botName][0]}</span>
        <div class="who">
          <h2 id="name" lang=${this.botLanguage}><bdi>${botName}</bdi></h2>
          ${this.#standing(transcript)}
        </div>
        ${transcript.finished
          ? nothing
          : html`<button type="button" class="tool" aria-label=${texts.endChat} title=${texts.endChat} @click=${() => this.#askToEnd(true)}>${endIcon}</button>`}
        <button type="button" class="tool" aria-label=${texts.close} title=${texts.close} @click=${this.close}>${closeIcon}</button>
      </header>
      <latchkey-messages .transcript=${transcript} .outgoing=${this.curtain ? [] : this.session.outgoing}
        .botName=${botName} .botLanguage=${this.botLanguage} .texts=${texts} .choose=${this.#choose}></latchkey-messages>
      ${this.#footer(transcript)}
    </dialog>`;
  }

  #standing({ authenticated, authenticationExpiresAt }: Transcript): TemplateResult {
    const { texts } = this;
    if (!authenticated) return html`<p>${texts.subtitle}</p>`;
    const until = authenticationExpiresAt && fill(texts.signedInUntil, timeOf(authenticationExpiresAt, texts.locale));
    return html`<p class="signed-in">${lockIcon}${until ?? texts.signedIn}</p>`;
  }

  /** Each kind is an element of its own: one that grew upwards would count as a shift of the page's layout. */
  #footer({ finished, ask, typing }: Transcript): TemplateResult {
    const { texts } = this;
    if (finished) {
      return html`<footer class="decision">
        <p id="end">${texts.finished[finished === "handedOver" && !this.isTaken ? "passedOn" : finished]}</p>
        <button type="button" class="primary" aria-describedby="end" @click=${this.#restart}>${texts.startAgain}</button>
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
    return html`<footer><latchkey-composer .texts=${texts} .send=${this.#send} .busy=${typing}
      .sensitive=${this.session.sensitive} .attributeType=${ask?.attributeType ?? "text"}></latchkey-composer></footer>`;
  }

  get #hasFocus(): boolean { return Boolean(this.shadowRoot?.activeElement); }

  get #isHandedOver(): boolean {
    const { finished, entries } = this.session.transcript;
    return finished === "handedOver" && entries.length > 0;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  #showDialog(): void {
    const dialog = this.#dialog;
    if (!dialog) return;
    const modal = this.#fullScreen.matches;
    if (dialog.open && dialog.matches(":modal") === modal) return;
    dialog.close();
    if (modal) dialog.showModal();
    // Unlike show(), this leaves the focus where it is.
    else dialog.open = true;
    this.#fit();
  }

  /** Full screen is what the on-screen keyboard leaves of it. */
  #fit = (): void => {
    const dialog = this.#dialog;
    if (!dialog?.open) return;
    if (dialog.matches(":modal") !== this.#fullScreen.matches) this.#showDialog();
    dialog.style.height = this.#fullScreen.matches && visualViewport ? `${visualViewport.height}px` : "";
  };

  #left = (): void => {
    this.session.clearEnded();
    if (!this.session.transcript.authenticated) return;
    // The browser may bring the page back later as it is now: what was secured must be gone before.
    this.curtain = true;
    this.performUpdate();
  };

  #returned = (): void => {
    this.session.wake();
    this.curtain = false;
  };

  #woken = (): void => {
    if (document.visibilityState === "visible") this.session.wake();
  };

  #pressed(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    this.#stepBack();
  }

  #cancelled(event: Event): void {
    event.preventDefault();
    this.#stepBack();
  }

  #stepBack(): void {
    if (this.asksToEnd) void this.#askToEnd(false);
    else this.close();
  }

  async #askToEnd(asks: boolean): Promise<void> {
    this.asksToEnd = asks;
    await this.updateComplete;
    this.#focusFooter();
  }

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
    // The button that had the focus is gone. Where a keyboard would slide in, the reader is left with the messages.
    const next = matchMedia("(pointer: coarse)").matches ? "latchkey-messages" : "latchkey-composer";
    this.renderRoot.querySelector<Messages | Composer>(next)?.focus();
  };

  #focusFooter(): void {
    this.renderRoot.querySelector<HTMLElement>("footer latchkey-composer, footer button")?.focus();
  }
}

/** The instant as the user's clock shows it, with the day when it is not today. */
function timeOf(instant: string, locale: string): string {
  const date = new Date(instant);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" }).format(date);
}
