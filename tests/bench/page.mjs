/**
 * Times the chat in Chromium on a slow phone's terms (1.6 Mbit/s, 150 ms, CPU slowed four times, an empty cache), beside an
 * empty page and other widgets: each page is loaded in turn, seven times.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { launchBrowser } from "../web/site.mjs";
import { blocks } from "../web/snippets.mjs";
import { median } from "./median.mjs";
import { figures, kilobytes, seconds, table } from "./table.mjs";
import { packWidgets } from "./widgets.mjs";

const dist = join(import.meta.dirname, "../../web/dist");
const types = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", "": "text/html" };
const loads = 7;
const greeting = "Welcome to Acme Bank.";
const longTaskMs = 50;

const compress = (body) => brotliCompressSync(Buffer.from(body), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

const html = (elements) => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A page</title><link rel="icon" href="data:,"><body><p>A page.</p>${elements}</body></html>`;

/** Each page has what a visitor uses first (a selector, also into shadow roots), and a greeting; one of ours is pressed for it. */
const empty = { title: "an empty page", files: {}, elements: "", usable: "p" };

/** A chat that is pressed, and one that its page opens: both as docs/embedding.md has them. */
async function ours() {
  const files = {};
  for (const name of ["latchkey.js", "latchkey-chat.js", "latchkey.wasm"]) files[name] = await readFile(join(dist, name));
  const [pressed, , opened] = blocks("docs/embedding.md", "html");
  return [
    { title: "**Latchkey**, its dialog engine included; pressed as soon as it can be", files, elements: pressed, usable: "button", greeting, press: true },
    { title: "**Latchkey**, opened by the page at once", files, elements: opened, usable: "input, textarea", greeting },
  ];
}

/** Another widget as its documentation says to place it: open, its input below the greeting. */
const widget = ({ title, js, css }) => ({
  title, files: { "widget.js": js, ...(css && { "widget.css": css }) },
  elements: `${css ? '<link rel="stylesheet" href="widget.css">' : ""}<script src="widget.js"></script>`,
  usable: "input, textarea, [contenteditable]", greeting,
});

/** Serves `pages`, each under a path of its own: /0/, /1/ … with its files and the bot beside it. */
async function serve(pages) {
  const bot = await readFile(new URL("./bot.json", import.meta.url));
  const bodies = new Map(pages.flatMap(({ files, elements }, index) =>
    Object.entries({ ...files, "bot.json": bot, "": html(elements) }).map(([name, body]) => [`/${index}/${name}`, body])));
  const compressed = new Map([...bodies].map(([path, body]) => [path, compress(body)]));
  const server = createServer(({ url }, response) => {
    const body = compressed.get(url);
    response.writeHead(body ? 200 : 404, { "content-type": types[extname(url)], "content-encoding": "br", "cache-control": "no-store" }).end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { origin: `http://localhost:${server.address().port}`, close: () => server.close() };
}

/**
 * Runs in the page, from its beginning: notes when things are seen, in seconds since the navigation, and how long tasks took, in ms.
 * Asked from outside, the page would be looked at up to half a second late.
 */
function noteTimes({ usable, greeting, press }) {
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask", buffered: true });
  // To look into every element would cost the page more than the chat does.
  const roots = [document];
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) { return roots[roots.push(attachShadow.call(this, options)) - 1]; };
  const isSeen = (node) => node.checkVisibility() && node.getBoundingClientRect().height > 0;
  const firstSeen = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]).find(isSeen);
  const says = (root) => (root.body ?? root).textContent.includes(greeting) && [...root.querySelectorAll("*")].some((node) =>
    [...node.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.includes(greeting)) && isSeen(node));
  window.times = { usable: 0, message: 0 };
  const look = () => {
    const now = performance.now() / 1000;
    const first = !times.usable && firstSeen(usable);
    if (first) times.usable = now;
    if (first && press) first.click();
    if (greeting && times.usable && !times.message && roots.some(says)) times.message = now;
    times.done = times.usable && (times.message || !greeting);
    if (!times.done) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function visit(browser, url, wanted) {
  const context = await browser.newContext();
  await context.addInitScript(noteTimes, wanted);
  const tab = await context.newPage();
  const devtools = await context.newCDPSession(tab);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false, latency: 150, downloadThroughput: (1.6e6 / 8), uploadThroughput: (750e3 / 8),
  });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await tab.goto(url, { waitUntil: "commit" });
  await tab.waitForFunction(() => times.done);
  await tab.waitForTimeout(300);
  const { usable, message } = await tab.evaluate(() => times);
  const tasks = await tab.evaluate(() => longTasks);
  await context.close();
  return { usable, message, longest: Math.max(0, ...tasks) / 1000, blocked: tasks.reduce((sum, task) => sum + task - longTaskMs, 0) / 1000 };
}

async function visitAll(pages) {
  const server = await serve(pages);
  const browser = await launchBrowser();
  const visits = pages.map(() => []);
  for (let load = 0; load < loads; load++) {
    for (const [index, { title, usable, greeting, press }] of pages.entries()) {
      visits[index].push(await visit(browser, `${server.origin}/${index}/`, { usable, greeting, press }).catch((error) => { throw new Error(`${title}: ${error.message}`); }));
    }
  }
  await browser.close();
  server.close();
  return visits.map((list) => Object.fromEntries(Object.keys(list[0]).map((key) => [key, median(list.map((one) => one[key]))])));
}

const size = ({ files }) => Object.values(files).reduce((sum, body) => sum + compress(body).length, 0);

function row({ title, files }, { usable, message, blocked }) {
  const bytes = Object.keys(files).length > 0 ? kilobytes(size({ files })) : "";
  return [title, bytes, seconds(usable), message ? seconds(message) : "", seconds(blocked)];
}

/** The bytes of our files: what each is, and what a page loads in all. */
export async function measureBytes() {
  const [{ files }] = await ours();
  const [loader, chat, engine] = Object.values(files).map((body) => compress(body).length);
  return figures([
    ["loader", loader, kilobytes, 3 * 1024],
    ["chat", chat, kilobytes],
    ["engine", engine, kilobytes],
    ["everything that the first message needs", loader + chat + engine, kilobytes, 100 * 1024],
  ]);
}

const head = ["page", "bytes it loads", "launcher or input usable", "first message", "long tasks"];

/** The pages as a table, and our times after an empty page, which have goals. */
export async function measurePages() {
  const { widgets, missing } = await packWidgets();
  const pages = [empty, ...(await ours()), ...widgets.map(widget)];
  const times = await visitAll(pages);
  const [bare, pressed, opened] = times;
  return [
    table(head, pages.map((page, index) => row(page, times[index]))),
    figures([
      ["launcher usable, later than an empty page is seen", pressed.usable - bare.usable, seconds, 0.2],
      ["first message of a chat that the page opens at once, later than that", opened.message - bare.usable, seconds, 0.9],
      ["first message of a chat that is pressed as soon as it can be, later than that", pressed.message - bare.usable, seconds],
      ["longest task of the page's main thread", Math.max(pressed.longest, opened.longest), seconds, longTaskMs / 1000],
    ]),
    ...(missing ? [`${missing}\n`] : []),
  ].join("\n");
}
