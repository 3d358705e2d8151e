/** The bot file of the chat, part by part: its head, its attributes and settings, and every dialog. */
import { element } from "./elements.js";
import { highlighted } from "./json-highlight.js";

const address = "/bots/acme-bank.json";

/** @param {HTMLElement} home */
export async function showBot(home) {
  const bot = await (await fetch(address)).json();
  const { attributes, settings, dialogs, ...head } = bot;
  home.append(
    element("p.hint", {}, "Everything that the chat does is in ", element("a", { href: address, target: "_blank", rel: "noopener" }, "one JSON file"), "."),
    part("head", "", head),
    part("attributes", String(attributes.length), attributes),
    part("settings", "", settings),
    element("h4", {}, `${dialogs.length} dialogs`),
    ...dialogs.map((/** @type {{ id: string, secured?: boolean, kind?: string }} */ dialog) =>
      part(dialog.id, dialog.secured ? "secured" : dialog.kind ?? "", dialog)));
}

/** @type {(title: string, note: string, value: unknown) => HTMLElement} */
function part(title, note, value) {
  const summary = element("summary", {}, element("code", {}, title));
  if (note) summary.append(element(note === "secured" ? "span.note.lock" : "span.note", {}, note));
  const details = element("details.part", {}, summary);
  // The text is laid out when it is asked for: the whole file at once is thousands of elements.
  details.addEventListener("toggle", () => details.append(
    element("pre", { tabIndex: 0 }, highlighted(JSON.stringify(value, null, 2)))), { once: true });
  return details;
}
