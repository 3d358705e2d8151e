/** Times the chat in Chromium on a slow phone's terms: 1.6 Mbit/s, 150 ms, CPU slowed four times, an empty cache. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "../../web/node_modules/playwright-core/index.mjs";
import { median } from "./median.mjs";

const dist = join(import.meta.dirname, "../../web/dist");
const types = { ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm", "": "text/html" };
const loads = 7;

export const compress = (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

const html = (script) => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A page</title><link rel="icon" href="data:,"><p>A page.</p>${script}</html>`;

async function startServer() {
  const files = new Map([
    ["/", html('<script src="/latchkey.js" data-bot="/bot.json"></script>')],
    ["/empty", html("")],
    ["/bot.json", await readFile(new URL("./bot.json", import.meta.url))],
  ]);
  for (const name of ["latchkey.js", "latchkey-chat.js", "latchkey.wasm"]) files.set(`/${name}`, await readFile(join(dist, name)));
  const compressed = new Map([...files].map(([path, body]) => [path, compress(Buffer.from(body))]));
  const server = createServer((request, response) => {
    const body = compressed.get(request.url);
    const type = types[extname(request.url)];
    response.writeHead(body ? 200 : 404, { "content-type": type, "content-encoding": "br", "cache-control": "no-store" }).end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { origin: `http://localhost:${server.address().port}`, close: () => server.close() };
}

async function visit(browser, url, work) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const devtools = await context.newCDPSession(tab);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false, latency: 150, downloadThroughput: (1.6e6 / 8), uploadThroughput: (750e3 / 8),
  });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const started = performance.now();
  await tab.goto(url, { waitUntil: "commit" });
  const result = await work(tab, () => (performance.now() - started) / 1000);
  await context.close();
  return result;
}

async function openChat(tab, seconds) {
  const launcher = tab.getByRole("button", { name: "Open chat" });
  await launcher.waitFor();
  const usable = seconds();
  await launcher.click();
  await tab.getByText("Welcome to Acme Bank.").first().waitFor();
  return { usable, message: seconds() };
}

/** Rows of [what, value, unit, most that is allowed or ""]. */
export async function measurePage() {
  const server = await startServer();
  const browser = await chromium.launch({
    executablePath: process.env.LATCHKEY_CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
  const empty = [], opened = [];
  for (let i = 0; i < loads; i++) {
    empty.push(await visit(browser, `${server.origin}/empty`, async (tab, seconds) => {
      await tab.getByText("A page.").waitFor();
      return seconds();
    }));
    opened.push(await visit(browser, `${server.origin}/`, openChat));
  }
  await browser.close();
  server.close();
  return [
    ["an empty page", median(empty), "s", ""],
    ["launcher usable", median(opened.map(({ usable }) => usable)), "s", 1],
    ["chat opened at once, first message", median(opened.map(({ message }) => message)), "s", 2],
  ];
}

export async function measureBytes() {
  const size = async (name) => compress(await readFile(join(dist, name))).length / 1024;
  const loader = await size("latchkey.js"), chat = await size("latchkey-chat.js"), wasm = await size("latchkey.wasm");
  return [
    ["loader", loader, "KB", 4],
    ["chat", chat, "KB", ""],
    ["engine", wasm, "KB", ""],
    ["everything together", loader + chat + wasm, "KB", 100],
  ];
}
