/** The controls of the page "Theme": what they say is set on the page's root, from where the chat takes it. */
import { contrast } from "./contrast.js";
import { snippet } from "./snippet.js";

/** What holds when a page sets nothing. The other colours follow from the accent and the colour scheme: the chat is asked for them. */
const defaults = {
  "--latchkey-accent": "#17408f", "--latchkey-radius": "20px", "--latchkey-width": "396px", "--latchkey-height": "660px",
  "--latchkey-inline-offset": "20px", "--latchkey-block-offset": "20px",
};

const byId = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const form = /** @type {HTMLFormElement} */ (byId("theme"));
const root = document.documentElement.style;
const controls = /** @type {HTMLInputElement[]} */ ([...form.elements].filter((one) => /** @type {HTMLInputElement} */ (one).name?.startsWith("--")));
/** Beside a narrow column of controls there is no room for a floating chat. */
const firstLayout = matchMedia("(width < 60rem)").matches ? "inline" : "floating";

/** @type {any} */
let chat;

/** Options are read when the element comes into the page, so other options need another element; the conversation goes on. */
async function placeChat() {
  const { layout, label } = options();
  chat?.remove();
  chat = document.createElement("latchkey-chat");
  chat.setAttribute("bot", "/bots/faq.json");
  chat.setAttribute("layout", layout);
  if (label) chat.setAttribute("label", label);
  byId("place").append(chat);
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".floating"))) row.hidden = layout === "inline";
  show();
  // A floating chat covers a narrow page.
  if (layout === "inline" || matchMedia("(width >= 60rem)").matches) await chat.open().catch(() => {});
  show();
}

const options = () => ({ layout: byId("layout").value, label: byId("label").value.trim() });

/** The properties that are set: those that differ from what holds without them. */
const properties = () => controls.flatMap((control) => {
  const { name, type, value } = control;
  const text = type === "range" ? `${value}px` : value;
  const isDefault = type === "color" && !(name in defaults) ? !("chosen" in control.dataset) : text === (defaults[/** @type {keyof typeof defaults} */ (name)] ?? "");
  return control.closest("[hidden]") || isDefault ? [] : [/** @type {[string, string]} */ ([name, text])];
});

function show() {
  const chosen = new Map(properties());
  for (const { name } of controls) {
    if (chosen.has(name)) root.setProperty(name, chosen.get(name) ?? "");
    else root.removeProperty(name);
  }
  const panel = chat?.shadowRoot.querySelector("latchkey-panel")?.shadowRoot;
  if (panel?.querySelector("dialog")) {
    const [paper, mark] = ["dialog", ".mark"].map((part) => getComputedStyle(panel.querySelector(part)));
    const follows = { paper: paper.backgroundColor, ink: paper.color, "on-accent": mark.color };
    for (const [id, colour] of Object.entries(follows)) if (!chosen.has(`--latchkey-${id}`)) byId(id).value = hex(colour);
    warn([["Ink on paper", paper], ["What is written on the accent", mark]]);
  }
  for (const output of form.querySelectorAll("output")) output.value = `${byId(output.htmlFor.value).value} px`;
  const { layout, label } = options();
  const text = snippet([...chosen], layout, label);
  if (text !== byId("snippet").value) byId("copied").textContent = "";
  byId("snippet").value = text;
}

/**
 * Says what is hard to read: WCAG asks for 4.5:1 (success criterion 1.4.3).
 * @param {[what: string, style: CSSStyleDeclaration][]} places
 */
function warn(places) {
  const warnings = places.map(([what, { color, backgroundColor }]) => {
    const ratio = contrast(rgb(color), rgb(backgroundColor));
    return ratio < 4.5 ? `${what} is hard to read: ${Math.floor(ratio * 10) / 10}:1, below 4.5:1.` : "";
  });
  const words = warnings.join(" ").trim();
  const said = byId("contrast");
  if (said.textContent !== words) said.textContent = words;
}

const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });

/** A colour of CSS as a screen shows it. @param {string} colour @returns {[number, number, number]} */
function rgb(colour) {
  if (!canvas) return [0, 0, 0];
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

const hex = (/** @type {string} */ colour) => `#${rgb(colour).map((part) => part.toString(16).padStart(2, "0")).join("")}`;

function startAnew() {
  for (const control of controls) {
    delete control.dataset["chosen"];
    const value = defaults[/** @type {keyof typeof defaults} */ (control.name)] ?? (control.type === "color" ? (control.id === "ink" ? "#000000" : "#ffffff") : "");
    control.value = value.replace(/px$/, "");
  }
  byId("layout").value = firstLayout;
  byId("label").value = "";
  void placeChat();
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", (event) => {
  event.preventDefault();
  startAnew();
});
form.addEventListener("input", ({ target }) => {
  const control = /** @type {HTMLInputElement} */ (target);
  control.dataset["chosen"] = "";
  if (control.name.startsWith("--")) show();
});
for (const id of ["layout", "label"]) byId(id).addEventListener("change", placeChat);
byId("place").addEventListener("latchkey-open", show);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);

byId("copy").addEventListener("click", async () => {
  const text = byId("snippet");
  try {
    await navigator.clipboard.writeText(text.value);
    byId("copied").textContent = "Copied";
  } catch {
    text.select();
    byId("copied").textContent = "Your browser does not let this page copy. It is selected: copy it yourself.";
  }
});

startAnew();
