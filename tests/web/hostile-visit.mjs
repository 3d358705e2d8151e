/** A page that notices whatever a hostile text could do: run, break the policy, ask somebody else, or become an element of its own. */
import assert from "node:assert/strict";
import { page } from "./site.mjs";
import { strictPolicy, watch } from "./visit.mjs";

/** Everything that the chat draws, and the attributes that it gives to it. */
const shared = ["class", "dir", "lang", "title", "role", "tabindex", "part", "aria-*", "data-*"];
const drawn = {
  "latchkey-chat": ["bot", "label", "contact", "texts", "language", "style", "layout"], "latchkey-panel": ["exportparts", "inline"], "latchkey-messages": ["exportparts"],
  "latchkey-composer": [], "latchkey-carousel": [], "latchkey-calendar": [],
  section: [], dialog: ["open", "style"], header: [], footer: [], figure: [], figcaption: [], div: ["id", "popover"], p: ["id"], span: [], bdi: [], i: [], h2: ["id"], strong: [], em: [], code: [], pre: [],
  br: [], hr: [], ul: [], ol: ["start"], li: [], time: ["datetime"], label: ["for"], button: ["type", "popovertarget", "disabled", "style"],
  a: ["href", "target", "rel"], img: ["src", "alt", "loading", "decoding", "referrerpolicy"], video: ["src", "controls", "playsinline", "preload"], audio: ["src", "controls", "preload"],
  svg: ["viewBox"], path: ["d"], rect: ["x", "y", "width", "height", "rx"], circle: ["cx", "cy", "r"],
  textarea: ["id", "rows", "autocomplete", "enterkeyhint", "placeholder", "inputmode", "autocapitalize", "style"],
  input: ["id", "type", "autocomplete", "autocapitalize", "spellcheck", "enterkeyhint", "placeholder", "inputmode"],
};

/** For `prepare` of a visit: sets the traps, from the page's very beginning. */
export async function trap(tab) {
  await watch(tab);
  tab.asked = [];
  tab.on("request", (request) => tab.asked.push(request.url()));
  tab.on("popup", () => tab.asked.push("a window"));
  await tab.addInitScript(() => {
    globalThis.ran = [];
    Object.defineProperty(globalThis, "pwned", { set: () => globalThis.ran.push("pwned") });
    for (const name of ["alert", "confirm", "prompt", "print", "open"]) globalThis[name] = () => void globalThis.ran.push(name);
    Element.prototype.attachShadow = new Proxy(Element.prototype.attachShadow, {
      apply(attach, host, given) {
        const root = Reflect.apply(attach, host, given);
        (globalThis.roots ??= new Set()).add(root);
        return root;
      },
    });
  });
}

/** The page with `body`, under the strictest policy. */
export const strictPage = (bank, body) => ({ body: page(body), headers: { "content-security-policy": strictPolicy(bank.api.origin) } });

/** Fails when any of it happened. */
export async function nothingHappened(tab, bank) {
  // The browser tells of what it was about to draw or load a little later.
  await tab.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 100))));
  const { ran, violations, found, addresses } = await tab.evaluate((known) => {
    const found = new Set();
    const addresses = new Set();
    const fits = (name, names) => names.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : one === name));
    for (const node of [...globalThis.roots].flatMap((root) => [...root.querySelectorAll("*")])) {
      const names = known.drawn[node.localName];
      if (!names) found.add(`<${node.localName}>`);
      for (const { name } of node.attributes) {
        if (names && !fits(name, [...names, ...known.shared])) found.add(`<${node.localName} ${name}>`);
        if (["href", "src"].includes(name)) addresses.add(node[name]);
      }
    }
    return { ran: globalThis.ran, violations: globalThis.violations, found: [...found], addresses: [...addresses] };
  }, { drawn, shared });
  assert.deepEqual(found, [], "elements and attributes that are not the chat's own");
  assert.deepEqual(addresses.filter((address) => !/^(https?|mailto|tel):/.test(address)), []);
  assert.deepEqual(ran, []);
  assert.deepEqual(violations, []);
  const ours = [`${bank.origin}/`, `${bank.api.origin}/`, "data:,"];
  assert.deepEqual(tab.asked.filter((url) => !ours.some((start) => url.startsWith(start))), []);
  assert.equal(await tab.title(), "A bank");
}
