/** What the chat stored of the authentication, and how much of it is left. */
import { element } from "./elements.js";

const storageKey = "latchkey:acme-bank";
const pollMs = 250;

/**
 * @typedef {{ authenticated: boolean, authenticatedAt: string | null, authenticationExpiresAt: string | null }} Stored
 * @typedef {{ mood: "none" | "out" | "in" | "over", title: string, left: string, part: number }} View
 */

/** @param {HTMLElement} home */
export function showAuthentication(home) {
  const badge = element("strong.badge");
  const countdown = element("span.countdown", { role: "timer" });
  const bar = element("span");
  const facts = Object.fromEntries(["authenticated", "authenticatedAt", "authenticationExpiresAt"]
    .map((name) => [name, element("dd")]));
  home.append(
    element("div.authentication-state", {}, badge, countdown),
    element("div.time-left", { "aria-hidden": "true" }, bar),
    element("dl.facts", {}, ...Object.entries(facts).flatMap(([name, value]) => [element("dt", {}, name), value])));

  const draw = () => {
    const stored = read();
    const { mood, title, left, part } = viewOf(stored, Date.now());
    home.dataset.mood = mood;
    setText(badge, title);
    setText(countdown, left);
    bar.style.inlineSize = `${part * 100}%`;
    setText(facts.authenticated, stored ? String(stored.authenticated) : "–");
    setText(facts.authenticatedAt, timeOf(stored?.authenticatedAt));
    setText(facts.authenticationExpiresAt, timeOf(stored?.authenticationExpiresAt));
  };
  draw();
  setInterval(draw, pollMs);
}

/** @returns {Stored | null} */
function read() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? "null");
    return stored?.latchkey === 1 ? stored : null;
  } catch {
    return null;
  }
}

/** @type {(stored: Stored | null, now: number) => View} */
function viewOf(stored, now) {
  if (!stored) return { mood: "none", title: "No conversation yet", left: "", part: 0 };
  if (!stored.authenticated) return { mood: "out", title: "Not signed in", left: "", part: 0 };
  if (!stored.authenticationExpiresAt) return { mood: "in", title: "Signed in", left: "until the end", part: 1 };
  const from = Date.parse(stored.authenticatedAt ?? "");
  const until = Date.parse(stored.authenticationExpiresAt);
  if (until <= now) return { mood: "over", title: "Timed out", left: "0:00", part: 0 };
  return { mood: "in", title: "Signed in", left: minutesAndSeconds(until - now), part: (until - now) / (until - from) };
}

/** @param {number} ms */
function minutesAndSeconds(ms) {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** @param {string | null | undefined} instant */
function timeOf(instant) {
  return instant ? new Date(instant).toLocaleTimeString() : "–";
}

/** Leaves the DOM alone when nothing changed. @type {(node: HTMLElement, text: string) => void} */
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
