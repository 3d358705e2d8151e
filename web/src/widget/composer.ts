/** Where the user writes: one growing line, or a masked field for a sensitive answer. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { AttributeType } from "../protocol.js";
import { fillCount, type Words } from "../words.js";
import { clip, longestMessage } from "./clip.js";
import styles from "./composer.css";
import { hideIcon, sendIcon, showIcon } from "./icons.js";
import { composes } from "./keys.js";
import { sheet, theme } from "./theme.js";

type Field = HTMLInputElement | HTMLTextAreaElement;

const keyboards: Partial<Record<AttributeType, string>> = { number: "decimal", email: "email", phone: "tel", url: "url" };

export class Composer extends LitElement {
  static override styles = [theme, sheet(styles)];
  static override properties = {
    texts: { attribute: false },
    sensitive: { attribute: false },
    attributeType: { attribute: false },
    hasCalendar: { attribute: false },
    objection: { attribute: false },
    send: { attribute: false },
    busy: { attribute: false },
    conversation: { attribute: false },
    draft: { state: true },
    remark: { state: true },
    revealed: { state: true },
  };
  declare texts: Words;
  declare sensitive: boolean;
  declare attributeType: AttributeType;
  /** a day may be chosen, and the code for it is there */
  declare hasCalendar: boolean;
  /** what the bot said of the last answer, which was not valid; "" when there is nothing to say */
  declare objection: string;
  /** takes the text, or answers false: then it stays here */
  declare send: (text: string) => boolean;
  /** the bot is: what it could not take now, it may take later */
  declare busy: boolean;
  /** half a message is for this one alone: with the next, somebody else may sit there */
  declare conversation: object;
  declare draft: string;
  declare remark: string;
  declare revealed: boolean;

  constructor() {
    super();
    this.sensitive = false;
    this.busy = false;
    this.attributeType = "text";
    this.hasCalendar = false;
    this.objection = "";
    this.draft = "";
    this.remark = "";
    this.revealed = false;
  }

  #hadFocus = false;

  override focus(): void {
    this.#field?.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("busy") && !this.busy && this.remark === this.texts.cannotBeTaken) this.remark = "";
    if (changed.has("conversation")) this.draft = "";
    if (!changed.has("sensitive")) return;
    this.#hadFocus = this.#field?.matches(":focus") ?? false;
    this.revealed = false;
    // What was written under the mask is never shown in the open field.
    if (changed.get("sensitive") === true) this.draft = "";
  }

  protected override updated(changed: PropertyValues): void {
    const field = this.#field;
    if (changed.has("sensitive") && this.#hadFocus) field?.focus();
    if (field && field.value !== this.draft) field.value = this.draft;
    const mayGrow = (changed.get("draft") ?? changed.get("sensitive")) !== undefined;
    if (mayGrow && field instanceof HTMLTextAreaElement) {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight}px`;
    }
  }

  protected override render(): TemplateResult {
    const { texts, sensitive, revealed } = this;
    return html`<p class="remark" role="status">${this.remark}</p>
      <p class="unseen" id="objection">${this.objection}</p>
      <div class="line">
        <label class="unseen" for="field">${sensitive ? texts.hiddenAnswer : texts.message}</label>
        ${sensitive ? this.#maskedField() : this.#openField()}
        ${sensitive
          ? html`<button type="button" class="round reveal" aria-pressed="${revealed}" aria-label=${texts.show} title=${revealed ? texts.hide : texts.show}
              @click=${this.#toggleRevealed}>${revealed ? hideIcon : showIcon}</button>`
          : this.hasCalendar ? html`<latchkey-calendar .label=${texts.chooseDate} .value=${this.draft} .chosen=${this.#dated}></latchkey-calendar>` : nothing}
        <button type="button" class="round send" aria-label=${texts.send} title=${texts.send} ?disabled=${!this.draft.trim()} @click=${this.#submit}>${sendIcon}</button>
      </div>`;
  }

  #openField(): TemplateResult {
    const placeholder = this.attributeType === "date" ? this.texts.datePlaceholder : this.texts.messagePlaceholder;
    const keyboard = keyboards[this.attributeType];
    return html`<textarea id="field" rows="1" dir="auto" autocomplete=${(keyboard !== "decimal" && keyboard) || "off"} enterkeyhint="send"
      placeholder=${placeholder} inputmode=${keyboard ?? "text"} autocapitalize=${keyboard ? "off" : "sentences"}
      aria-invalid=${this.#isWrong} aria-describedby="objection" @input=${this.#written} @compositionend=${this.#written} @keydown=${this.#pressed}></textarea>`;
  }

  #maskedField(): TemplateResult {
    return html`<input id="field" type=${this.revealed ? "text" : "password"} autocomplete="off" autocapitalize="off" spellcheck="false"
      enterkeyhint="send" placeholder=${this.texts.hiddenPlaceholder} inputmode=${keyboards[this.attributeType] ?? "text"}
      aria-invalid=${this.#isWrong} aria-describedby="objection"
      @input=${this.#written} @compositionend=${this.#written} @keydown=${this.#pressed} />`;
  }

  /** Until something else is written. */
  get #isWrong(): "true" | "false" { return this.objection && !this.draft ? "true" : "false"; }

  #dated = (day: string): void => {
    this.draft = day;
    this.focus();
  };

  get #field(): Field | null {
    return this.renderRoot.querySelector<Field>("#field");
  }

  #written(event: Event): void {
    const { value } = event.target as Field;
    this.draft = event instanceof InputEvent && event.isComposing ? value : clip(value);
    this.remark = this.draft === value ? "" : fillCount(this.texts.tooLong, longestMessage, this.texts.locale);
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || composes(event)) return;
    event.preventDefault();
    this.#submit();
  }

  #toggleRevealed(): void {
    this.revealed = !this.revealed;
    this.focus();
  }

  #submit(): void {
    const text = clip(this.draft).trim();
    if (!text) return;
    const taken = this.send(text);
    this.remark = taken ? "" : this.texts.cannotBeTaken;
    if (taken) this.draft = "";
    this.revealed = false;
    this.focus();
  }
}
