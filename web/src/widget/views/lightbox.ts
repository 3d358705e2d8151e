/** Shows an image as large as the window lets it be, in a dialog of its own. */
import { drawn } from "../drawn.js";
import type { RichTexts } from "../../texts.js";

const closePath = "m6 6 12 12M18 6 6 18";

/** Opens the image of `place`, which is a link to it. */
export function enlarge(place: HTMLAnchorElement, texts: RichTexts, lang: string): void {
  const root = place.getRootNode() as ShadowRoot;
  const small = place.querySelector("img")!;
  const dialog = make("dialog", "lightbox");
  dialog.ariaLabel = small.alt;
  dialog.lang = small.closest<HTMLElement>("[lang]")?.lang ?? lang;

  const image = make("img");
  image.referrerPolicy = "no-referrer";
  image.src = place.href;
  image.alt = small.alt;

  const original = make("a");
  original.href = place.href;
  original.target = "_blank";
  original.rel = "noopener noreferrer";
  original.title = texts.opensInNewTab;
  original.textContent = texts.openOriginal;

  const close = make("button");
  close.type = "button";
  close.ariaLabel = close.title = texts.closeImage;
  close.append(drawn(closePath));
  close.addEventListener("click", () => dialog.close());

  const bar = make("div");
  bar.lang = lang;
  bar.append(original, close);
  dialog.append(bar, image);

  // When the message goes, with the sign-in or the page, so does its image.
  const watch = new MutationObserver(() => place.isConnected || dialog.close());
  watch.observe(root, { childList: true, subtree: true });
  const panel = root.host.closest("dialog");
  const leave = () => dialog.close();
  panel?.addEventListener("close", leave);
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  // Escape closes the image, not the chat.
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
  dialog.addEventListener("close", () => {
    watch.disconnect();
    panel?.removeEventListener("close", leave);
    dialog.remove();
    if (place.isConnected) place.focus();
  });
  root.append(dialog);
  dialog.showModal();
  close.focus();
}

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = ""): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}
