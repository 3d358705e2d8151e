/** Moves a row of cards by its buttons and by the arrow keys, and tells which card one is at. */
export class Carousel extends HTMLElement {
  #resized = new ResizeObserver(() => this.#look());

  connectedCallback(): void {
    this.addEventListener("click", this.#clicked);
    this.addEventListener("keydown", this.#pressed);
    this.addEventListener("focusin", this.#focused);
    // Scrolling does not bubble.
    this.addEventListener("scroll", this.#look, { capture: true, passive: true });
    if (this.#row) this.#resized.observe(this.#row);
  }

  disconnectedCallback(): void {
    this.#resized.disconnect();
  }

  get #row(): HTMLElement | null {
    return this.querySelector("ul");
  }

  #clicked = ({ target }: Event): void => {
    const button = (target as Element).closest<HTMLElement>("[data-step]");
    if (button) this.#step(Number(button.dataset["step"]));
  };

  #pressed = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    this.#step((event.key === "ArrowRight") === this.#isLeftToRight ? 1 : -1);
  };

  /** Shows the whole card in which the focus is; not under a mouse, for the button would slip away from it. */
  #focused = ({ target }: Event): void => {
    const card = (target as Element).closest("li");
    if (card && (target as Element).matches(":focus-visible")) this.#goTo([...(this.#row?.children ?? [])].indexOf(card));
  };

  get #isLeftToRight(): boolean {
    return getComputedStyle(this).direction === "ltr";
  }

  #step(by: number): void {
    const { at, width } = this.#measure();
    this.#goTo(Math.round(at / width) + by);
  }

  #goTo(number: number): void {
    const left = number * this.#measure().width;
    this.#row?.scrollTo({ left: this.#isLeftToRight ? left : -left });
  }

  #look = (): void => {
    const { at, width, rest, count } = this.#measure();
    const [back, on] = this.querySelectorAll("[data-step]");
    this.toggleAttribute("data-still", at + rest <= 1);
    back?.setAttribute("aria-disabled", `${at <= 1}`);
    on?.setAttribute("aria-disabled", `${rest <= 1}`);
    const number = rest <= 1 ? count : Math.round(at / width) + 1;
    const place = this.querySelector(".count");
    const [shown, all] = [number, count].map((value) => value.toLocaleString(this.dataset["locale"]));
    if (place) place.textContent = `${shown} / ${all}`;
  };

  /** In pixels: how far the row was moved, how far it can still be, and from one card to the next. */
  #measure(): { at: number; rest: number; width: number; count: number } {
    const row = this.#row;
    const [first, second] = row?.children ?? [];
    if (!row || !first || !second) return { at: 0, rest: 0, width: 1, count: 1 };
    const at = Math.abs(row.scrollLeft);
    const width = Math.abs(second.getBoundingClientRect().left - first.getBoundingClientRect().left);
    return { at, rest: row.scrollWidth - row.clientWidth - at, width, count: row.children.length };
  }
}
