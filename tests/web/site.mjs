/** A page with the built chat, its bot and a customer API on another origin, for tests in a real browser. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { chromium } from "../../web/node_modules/playwright-core/index.mjs";

const dist = join(import.meta.dirname, "../../web/dist");
const types = { ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm", ".css": "text/css" };

export const styleSheet = "body { margin: 0; font: 17px/1.5 system-ui; color-scheme: light dark; background: Canvas; color: CanvasText } main { padding: 2rem; max-width: 40rem }";

/** An HTML page with `body` after its one paragraph. */
export const page = (body, head = "") => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>A bank</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css">${head}</head>
<body><main><h1>A bank</h1><p>A page of a bank, with a <a href="/elsewhere.html">link</a>.</p></main>${body}</body></html>`;

export const chatTag = '<script src="/latchkey.js" data-bot="/bot.json"></script>';

/**
 * Serves `files` (path → text, or `{ body, headers, status }`, or a function that gives one of them, or its promise), and the built
 * files for everything else that they hold. `requests` lists the paths that were asked for.
 */
export async function startSite(files) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    requests.push(path);
    let file = typeof files[path] === "function" ? await files[path]() : files[path];
    if (typeof file === "string") file = { body: file };
    file ??= await readFile(join(dist, path)).then((body) => ({ body }), () => ({ status: 404, body: "" }));
    response.writeHead(file.status ?? 200, { "content-type": types[extname(path)] ?? "text/html", ...file.headers });
    response.end(file.body);
  });
  const origin = await listen(server);
  return { origin, requests, files, close: () => close(server) };
}

/**
 * A customer API on its own origin. `answer(request)` gives `{ status, body, after }`, `after` being a promise to wait
 * for; `calls` lists what was asked.
 */
export async function startApi(answer) {
  const calls = [];
  const server = createServer(async (request, response) => {
    const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "*", "cache-control": "no-store" };
    if (request.method === "OPTIONS") return response.writeHead(204, headers).end();
    calls.push({ method: request.method, path: request.url, headers: request.headers });
    const { status = 200, body = {}, after } = answer(request);
    await after;
    response.writeHead(status, { ...headers, "content-type": "application/json" }).end(JSON.stringify(body));
  });
  const origin = await listen(server);
  return { origin, calls, close: () => close(server) };
}

/**
 * What of the browser's own costs tests and measurements more time than the chat: the windows that drop from its address bar are
 * pages which it loads with every profile. The last four are Playwright's, whose list this one takes the place of.
 */
const withoutFeatures = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "PreloadTopChromeWebUI", "SpareRendererForSitePerProcess",
  "MediaRouter", "LensOverlay", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"];

const executablePath = process.env.LATCHKEY_CHROMIUM || "/usr/bin/chromium";

/**
 * Chromium's engines with little of a browser around them: what a page does by itself is the same, for a third less of the machine's
 * time. The browser, where there is none.
 */
export const headlessShell = process.env.LATCHKEY_HEADLESS_SHELL || executablePath;

/** Options of the browser with a back/forward cache: without these Playwright turns it off. */
export const pageCache = { ignoreDefaultArgs: ["--disable-back-forward-cache"] };

/** Why no page comes back out of the back/forward cache here, or false. Only the Chromium that script/bootstrap takes from npm is excused. */
export const withoutPageCache = executablePath.includes("/.tools/") && "the Chromium that npm has is without a back/forward cache";

export function launchBrowser(options = {}) {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
      `--disable-features=${withoutFeatures}`],
    ...options,
  });
}

async function listen(server) {
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://localhost:${server.address().port}`;
}

function close(server) {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
}
