/** The requests that the chat made to the customer API, newest first. */
import { element } from "./elements.js";

/** @typedef {{ at: number, method: string, path: string, headers: string[], status: number | null, ms: number }} Request */

const storageKey = "acme-demo:requests";
const kept = 30;

/** @param {HTMLElement} home */
export function showRequests(home) {
  const empty = element("p.hint", {}, "None yet. Open the chat at the bottom right and sign in.");
  const list = element("ol.requests");
  let requests = read();
  list.append(...requests.map(row));
  empty.hidden = requests.length > 0;
  home.append(empty, list);

  window.addEventListener("acme-demo:request", (event) => {
    const request = /** @type {CustomEvent<Request>} */ (event).detail;
    requests = [request, ...requests].slice(0, kept);
    sessionStorage.setItem(storageKey, JSON.stringify(requests));
    list.prepend(row(request));
    while (list.children.length > kept) list.lastElementChild?.remove();
    empty.hidden = true;
  });
}

/** @returns {Request[]} */
function read() {
  return JSON.parse(sessionStorage.getItem(storageKey) ?? "[]");
}

/** @param {Request} request */
function row({ at, method, path, headers, status, ms }) {
  const mood = status === null || status >= 500 ? "bad" : status >= 400 ? "refused" : "good";
  return element("li", {},
    element("span.method", {}, method),
    element("code.path", {}, path),
    element(`span.status.${mood}`, {}, status === null ? "no answer" : String(status)),
    element("span.when", {}, `${new Date(at).toLocaleTimeString()} · ${ms} ms`),
    element("code.headers", {}, headers.join("\n")));
}
