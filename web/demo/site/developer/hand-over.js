/** What the chat handed over to a person: a real site would open a case with it, or a chat of its own. */
import { element } from "./elements.js";
import { highlighted } from "./json-highlight.js";

/** @param {HTMLElement} home */
export function showHandOver(home) {
  home.append(element("p.hint", {}, "Nothing yet. Choose “Speak to an agent” in the chat."));

  window.addEventListener("latchkey-hand-over", (event) => {
    // Somebody takes over: the chat may say so.
    event.preventDefault();
    const { detail } = /** @type {CustomEvent<unknown>} */ (event);
    home.replaceChildren(
      element("p.hint", {}, `Handed over at ${new Date().toLocaleTimeString()}, with everything sensitive masked:`),
      element("div.part", {}, element("pre", { tabIndex: 0 }, highlighted(JSON.stringify(detail, null, 2)))));
  });
}
