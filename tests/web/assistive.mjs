/** What the browser tests know of a page as somebody meets it who does not see it, or sees it otherwise. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const axe = await readFile(fileURLToPath(new URL("../../web/node_modules/axe-core/axe.min.js", import.meta.url)), "utf8");

/** Until latchkey-more.js is there, with what only some visitors need. */
export const moreIsThere = (tab) => tab.waitForFunction(() => customElements.get("latchkey-calendar"));

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const surroundings = {
  "light": {},
  "dark": { colorScheme: "dark" },
  "on a phone": phone,
  "on a phone, dark": { ...phone, colorScheme: "dark" },
  "at 320 pixels": { viewport: { width: 320, height: 480 } },
  "in forced colours": { forcedColors: "active" },
};

/** Fails with what axe finds on the page, which is in `state`. */
export async function isAccessible(tab, state) {
  if (!(await tab.evaluate(() => "axe" in globalThis))) await tab.evaluate(axe);
  // What is in order is not of interest: all of it would be gone through and sent over.
  const found = await tab.evaluate(async () => {
    const { violations } = await globalThis.axe.run({ resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => [id, ...nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`)]);
  });
  assert.deepEqual(found, [], state);
}

/** The accessible name of what has the focus, through shadow roots. */
export const focused = (tab) => tab.evaluate(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent.trim();
});

/** Collects in `announced` what comes into the live region of the messages: texts, and what images show. */
export const listen = (tab) => tab.addInitScript(() => {
  globalThis.announced = [];
  const seen = new WeakSet();
  const wordsOf = (node) => {
    const copy = node.cloneNode(true);
    for (const quiet of copy.querySelectorAll('[aria-live="off"]')) quiet.remove();
    const images = [...copy.querySelectorAll("img")].map(({ alt }) => alt);
    return [copy.textContent, ...images].join(" ").replace(/\s+/g, " ").trim();
  };
  const observe = (root) => {
    const region = root.querySelector?.('[role="log"]');
    if (!region || seen.has(region)) return;
    seen.add(region);
    globalThis.announced.push(`region: ${region.innerText.trim()}`);
    new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (node.nodeType === 1 && !node.closest('[aria-live="off"]') && wordsOf(node)) globalThis.announced.push(wordsOf(node));
      }
    }).observe(region, { childList: true, subtree: true });
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    new MutationObserver(() => observe(root)).observe(root, { childList: true, subtree: true });
    return root;
  };
});
