/** P6: pages that changed the browser's own objects, or draw over everything: the chat works, or says that it is not there, and the page goes on. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chatTag, page } from "./site.mjs";
import { launcher, log, openChat, panel, says, useBank, write } from "./visit.mjs";

const bank = useBank();

/** What pages did to the browser, before any script of ours. */
const patches = {
  "no channel between tabs": () => {
    delete globalThis.BroadcastChannel;
  },
  "arrays have enumerable methods of the page's": () => {
    for (const name of ["contains", "remove", "first", "clone"]) Array.prototype[name] = function () { throw Error(`${name} of the page was called`); };
  },
  "objects have enumerable methods of the page's": () => {
    for (const name of ["extend", "each", "clone", "keys"]) Object.prototype[name] = () => { throw Error(`${name} of the page was called`); };
  },
  "objects have enumerable values of the page's": () => {
    const names = ["isAdmin", "secured", "authenticated", "finished", "subject", "markdown", "label", "url", "lang", "text", "time", "notice", "chat", "launcher", "file", "query", "once"];
    for (const name of names) Object.prototype[name] = "polluted";
  },
  "arrays are made by the page": () => {
    const { map, push, forEach, filter } = Array.prototype;
    Array.prototype.map = function (...given) { return map.apply(this, given); };
    Array.prototype.push = function (...given) { return push.apply(this, given); };
    Array.prototype.forEach = function (...given) { return forEach.apply(this, given); };
    Array.prototype.filter = function (...given) { return filter.apply(this, given); };
    Array.from = (list, change) => { const all = []; for (let at = 0; at < (list.length ?? 0); at++) all.push(change ? change(list[at], at) : list[at]); return all; };
    Array.prototype.find = function (wanted) { for (const one of this) if (wanted(one)) return one; };
    Array.prototype.flat = function () { return [].concat(...this); };
  },
  "arrays are iterated by the page": () => {
    Array.prototype[Symbol.iterator] = function () { let at = 0; return { next: () => (at < this.length ? { done: false, value: this[at++] } : { done: true, value: undefined }) }; };
  },
  "Prototype.js of 2007": () => {
    Array.prototype.toJSON = function () { return `[${this.map((one) => JSON.stringify(one)).join(", ")}]`; };
    String.prototype.toJSON = function () { return `"${this}"`; };
    Object.toJSON = JSON.stringify;
    Array.prototype.each = Array.prototype.forEach;
    document.getElementsByClassName = (name) => [...document.querySelectorAll(`.${name}`)];
    Element.prototype.remove = function () { return this.parentNode.removeChild(this); };
  },
  "JSON by the page": () => {
    const { parse, stringify } = JSON;
    JSON.stringify = (value, ...more) => stringify(value, ...more);
    JSON.parse = (text, ...more) => parse(text, ...more);
  },
  "strings by the page": () => {
    String.prototype.trim = function () { return this.replace(/^\s+|\s+$/g, ""); };
    String.prototype.startsWith = function (start) { return this.indexOf(start) === 0; };
    String.prototype.format = function () { throw Error("format was called"); };
    String.prototype.at = undefined;
    String.prototype.isWellFormed = String.prototype.toWellFormed = undefined;
  },
  "promises by the page": () => {
    const Native = Promise;
    globalThis.Promise = class Bluebird extends Native {
      delay() { return this; }
      static get [Symbol.species]() { return Bluebird; }
    };
    delete Promise.withResolvers;
  },
  "a Promise that only knows then": () => {
    const Native = Promise;
    function Old(start) {
      const native = new Native(start);
      this.then = (...both) => { const { then } = native; const next = then.apply(native, both); return new Old((resolve, reject) => next.then(resolve, reject)); };
      this.catch = (failed) => this.then(undefined, failed);
    }
    Old.resolve = (value) => new Old((resolve) => resolve(value));
    Old.reject = (reason) => new Old((_, reject) => reject(reason));
    Old.all = (all) => new Old((resolve, reject) => Native.all(all).then(resolve, reject));
    Old.race = (all) => new Old((resolve, reject) => Native.race(all).then(resolve, reject));
    globalThis.Promise = Old;
  },
  "fetch that is watched": () => {
    const { fetch } = globalThis;
    globalThis.fetch = async (...given) => { const response = await fetch(...given); response.clone().text().catch(() => {}); return response; };
  },
  "elements by a polyfill": () => {
    const { define, get } = customElements;
    customElements.define = (...given) => define.apply(customElements, given);
    customElements.get = (...given) => get.apply(customElements, given);
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) { return attachShadow.call(this, { ...init, delegatesFocus: false }); };
  },
  "document.createElement that decorates": () => {
    const { createElement } = document;
    document.createElement = function (name, ...more) { const node = createElement.call(document, name, ...more); node.setAttribute("data-page", name); return node; };
  },
  "listeners in a zone of the page's": () => {
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const wrapped = typeof listener === "function" ? function (...given) { return listener.apply(this, given); } : listener;
      return addEventListener.call(this, type, wrapped, options);
    };
    EventTarget.prototype.removeEventListener = function () {};
  },
  "listeners that must be passive": () => {
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener) { return addEventListener.call(this, type, listener, { passive: true }); };
  },
  "timers and clocks that are mocked": () => {
    const { setTimeout, requestAnimationFrame } = globalThis;
    globalThis.setTimeout = (run, ms, ...given) => ({ id: setTimeout(run, ms, ...given), unref() {} });
    globalThis.requestAnimationFrame = (run) => requestAnimationFrame(run);
    delete globalThis.requestIdleCallback;
    Date.now = () => new Date().getTime();
  },
  "no clock but a late one": () => { performance.now = () => 0; },
  "storage that throws": () => {
    Object.defineProperty(globalThis, "sessionStorage", { get() { throw new DOMException("Denied", "SecurityError"); } });
  },
  "storage that lies": () => {
    Storage.prototype.getItem = () => "{}";
    Storage.prototype.setItem = () => {};
  },
  "a history that is locked": () => {
    history.pushState = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
  },
  "an AMD loader and a CommonJS one": () => {
    globalThis.define = Object.assign(() => { throw Error("mismatched anonymous define()"); }, { amd: {} });
    globalThis.module = { exports: {} };
    globalThis.exports = globalThis.module.exports;
    globalThis.require = globalThis.process = globalThis.Module = globalThis.self = { env: {} };
  },
};

/** Of these nothing can be made, so that the launcher says that there is no chat. */
const closing = {
  "JSON that gives nothing": () => { JSON.stringify = () => undefined; },
  "the panel's name is somebody else's element": () => customElements.define("latchkey-panel", class extends HTMLElement {}),
  "everything is frozen": () => {
    for (const one of [Object, Array, String, Number, Boolean, Function, Promise, Map, Set, WeakMap, RegExp, Date, Error, Symbol, Event, EventTarget, Node, Element, HTMLElement, Document]) {
      Object.freeze(one.prototype);
      Object.freeze(one);
    }
    for (const one of [JSON, Math, Reflect, Intl, WebAssembly, console]) Object.freeze(one);
  },
  "a console that is gone": () => { globalThis.console = undefined; },
  "objects that are descriptors of nothing": () => { Object.prototype.value = "polluted"; },
  "objects that are requests of no mode": () => { Object.prototype.mode = "polluted"; },
};

/** Signs in and reads the balance, leaves a note and signs out: all that the chat is for. */
async function works(tab) {
  // It may be about to open by itself.
  if ((await tab.locator("latchkey-chat").first().getAttribute("data-state")) === "closed") await openChat(tab);
  await panel(tab).waitFor();
  await says(tab, "What is your customer ID?");
  await write(tab, "C-1001");
  await says(tab, "Your balance is EUR 2,418.32.");
  await tab.getByRole("button", { name: "Leave a note" }).click();
  await write(tab, "Call me <b>back</b>");
  await says(tab, "Noted: Call me <b>back</b>");
  assert.deepEqual(await panel(tab).evaluate((node) => [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight]), [0, 0]);
  await panel(tab).getByRole("button", { name: "Sign out" }).first().click();
  await says(tab, "What is your customer ID?");
  assert.equal(await log(tab).getByText("2,418.32").count(), 0);
}

async function pageGoesOn(tab) {
  assert.equal(await tab.getByRole("heading", { name: "A bank" }).isVisible(), true);
  await tab.getByRole("link", { name: "link" }).click();
  await tab.waitForURL("**/elsewhere.html");
}

async function visitPatched(patch) {
  bank.files["/patch.js"] = `(${patch})()`;
  bank.files["/"] = page(chatTag, '<script src="/patch.js"></script>');
  return bank.visit();
}

describe("a page that changed the browser has a chat that works:", () => {
  for (const [name, patch] of Object.entries(patches)) {
    test(name, async () => {
      const tab = await visitPatched(patch);
      await works(tab);
      await pageGoesOn(tab);
      assert.deepEqual(tab.errors, []);
    });
  }
});

describe("a page that took from the browser what the chat is made of is told so, and goes on:", () => {
  for (const [name, patch] of Object.entries(closing)) {
    test(name, async () => {
      const tab = await visitPatched(patch);
      await tab.getByRole("button", { name: "Open chat" }).click();
      await tab.getByText("The chat is not available right now.").waitFor();
      assert.equal(await panel(tab).count(), 0);
      assert.deepEqual(tab.errors.filter((line) => !line.startsWith("latchkey: The chat is not available.")), []);
      await pageGoesOn(tab);
    });
  }

  test("an XML document, in which no template of HTML can be read", async () => {
    bank.files["/"] = {
      headers: { "content-type": "application/xhtml+xml" },
      body: page(chatTag).replace("<!doctype", "<!DOCTYPE").replace("<html", '<html xmlns="http://www.w3.org/1999/xhtml"').replace(/<(meta|link)([^>]*)>/g, "<$1$2/>"),
    };
    const tab = await bank.visit();
    await tab.getByRole("button", { name: "Open chat" }).click();
    await tab.getByText("The chat is not available right now.").waitFor();
    await pageGoesOn(tab);
  });

  test("the chat's own name is somebody else's element", async () => {
    const tab = await visitPatched(() => customElements.define("latchkey-chat", class extends HTMLElement {}));
    assert.equal(await tab.getByRole("button").count(), 0);
    await pageGoesOn(tab);
  });
});

/** Style sheets as they are found on pages, all `!important`. */
const sheets = {
  "everything is unset": "* { all: unset !important } *::before, *::after { all: unset !important }",
  "everything is hidden": "div, dialog, section, footer, header, p, ul, li, span, svg, button, input, textarea { display: none !important; visibility: hidden !important } main, main * { display: block !important; visibility: visible !important }",
  "everything is in capitals, huge and turned": "html { font-size: 62.5% !important; text-transform: uppercase; letter-spacing: 1em; line-height: 3; word-spacing: 9px; text-indent: 80px; direction: rtl; writing-mode: vertical-rl; cursor: none; visibility: visible; white-space: pre; text-align: justify; font-size-adjust: 2; zoom: 1 }",
  "buttons and fields are the page's": "button, input, textarea, dialog, a { width: 100% !important; height: 200px !important; position: absolute !important; float: right !important; pointer-events: none !important; opacity: 0.01 !important; background: red !important } main a { all: revert !important }",
  "elements that are not defined are hidden": ":not(:defined) { display: none } latchkey-chat { display: none !important; visibility: hidden !important; opacity: 0 !important; pointer-events: none !important; transform: scale(0) !important; clip-path: circle(0) !important }",
  "the page cannot be scrolled": "html, body { overflow: hidden !important; position: fixed !important; width: 100% !important; height: 100% !important; touch-action: none !important; overscroll-behavior: none }",
  "the body is a container of what is fixed": "body { transform: translate3d(0, 0, 0); contain: layout paint; min-height: 100vh; isolation: isolate; overflow: clip } main { position: relative; z-index: 2147483647 }",
  "a layer lies over the page": "main::after { content: ''; position: fixed; inset: 0; z-index: 2147482999; background: rgb(0 0 0 / 0.1); pointer-events: none }",
};

describe("a page whose styles are for everything has a chat that can be seen and used:", () => {
  for (const [name, sheet] of Object.entries(sheets)) {
    test(name, async () => {
      bank.files["/hostile.css"] = sheet;
      bank.files["/"] = page(chatTag, '<link rel="stylesheet" href="/hostile.css">');
      const tab = await bank.visit();
      await works(tab);
      const { x, y, width, height } = await panel(tab).boundingBox();
      assert.ok(x >= 0 && y >= 0 && width === 396 && height > 500 && x + width <= 1280 && y + height <= 800, `${x} ${y} ${width} ${height}`);
      const style = await log(tab).evaluate((node) => {
        const { fontSize, textTransform, letterSpacing, writingMode, visibility, textIndent, whiteSpace } = getComputedStyle(node.querySelector(".bubble"));
        return { fontSize, textTransform, letterSpacing, writingMode, visibility, textIndent, whiteSpace };
      });
      assert.deepEqual(style, { fontSize: "16px", textTransform: "none", letterSpacing: "normal", writingMode: "horizontal-tb", visibility: "visible", textIndent: "0px", whiteSpace: "pre-wrap" });
      await launcher(tab).click();
      await panel(tab).waitFor({ state: "hidden" });
      assert.deepEqual(tab.errors, []);
    });
  }
});

const documents = {
  "a base that leads elsewhere": page(chatTag.replaceAll('="/', '="/../'), '<base href="/elsewhere/deep/" target="_top">'),
  "names and ids of the browser's": page(`${["body", "head", "title", "documentElement", "activeElement", "visibilityState", "getElementById", "defaultView", "adoptedStyleSheets", "implementation", "cookie", "forms"]
    .map((name) => `<img name="${name}" id="${name}" alt=""><form name="${name}"><input name="action"></form>`).join("")}
    ${["customElements", "fetch", "sessionStorage", "location", "navigator", "matchMedia", "visualViewport", "latchkey", "Module", "chat", "trustedTypes", "litHtmlVersions"].map((name) => `<a id="${name}" href="/x">${name}</a>`).join("")}
    ${["field", "menu", "name", "end", "question", "objection", "explanation"].map((id) => `<b id="${id}">The page's</b>`).join("")}${chatTag}`),
  "quirks mode": page(chatTag).replace("<!doctype html>", ""),
  "frames of old": page(`<center><font size="7"><table width="100%"><tr><td>${chatTag}</td></tr></table></font></center>`).replace("<!doctype html>", ""),
  "a script that stands in the head, and another at the end": page(chatTag, '<script src="/latchkey.js"></script>'),
  "another encoding": { headers: { "content-type": "text/html; charset=windows-1252" }, body: page(chatTag).replace('<meta charset="utf-8">', "") },
};

describe("a document that is made otherwise has a chat that works:", () => {
  for (const [name, file] of Object.entries(documents)) {
    test(name, async () => {
      bank.files["/"] = file;
      const tab = await bank.visit();
      await works(tab);
      assert.deepEqual(tab.errors, []);
    });
  }
});
