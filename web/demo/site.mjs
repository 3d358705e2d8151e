/** The demo's web site: the bank's page, the example bots, the examples of embedding, and the built chat, under a strict Content-Security-Policy. */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { embeddingFile, embeddingPage } from "./embedding-pages.mjs";
import { exampleBotFile } from "./example-bots.mjs";
import { examplePage } from "./example-pages.mjs";
import { listen } from "./listen.mjs";
import { encoded, fileAt } from "./static-files.mjs";
import { testCustomers } from "./test-customers.mjs";

/**
 * @typedef {import("./static-files.mjs").File} File
 * @typedef {object} Options
 * @property {number} port 0: any free one
 * @property {string} apiOrigin the customer API's origin
 * @property {string} dist folder of the built chat: latchkey.js and what it loads
 */

const siteFolder = fileURLToPath(new URL("site", import.meta.url));

/**
 * @param {Options} options
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function startDemoSite({ port, apiOrigin, dist }) {
  const policy = contentSecurityPolicy(apiOrigin);
  const cache = new Map();
  const server = createServer(async (request, response) => {
    const path = (request.url ?? "").split("?", 1)[0];
    const file = await answerFor(request.method, path, apiOrigin, dist).catch(() => null);
    if (!file) return refuse(response, request.method);
    const { encoding, bytes } = await encoded(file.bytes, String(request.headers["accept-encoding"] ?? ""), cache, path);
    response.writeHead(200, {
      "content-type": file.type,
      "content-length": bytes.length,
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      vary: "Accept-Encoding",
      ...(encoding && { "content-encoding": encoding }),
      // Pages only: a worker's file with a policy of its own would lose the right to compile WebAssembly.
      ...(file.type.startsWith("text/html") && { "content-security-policy": policy }),
    });
    response.end(request.method === "HEAD" ? undefined : bytes);
  });
  return listen(server, port);
}

/** @param {string} apiOrigin */
function contentSecurityPolicy(apiOrigin) {
  return [
    "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", `connect-src 'self' ${apiOrigin}`,
    "img-src 'self'", "base-uri 'none'", "object-src 'none'", "form-action 'none'",
    "require-trusted-types-for 'script'", "trusted-types lit-html",
  ].join("; ");
}

/** @type {(method: string | undefined, path: string, apiOrigin: string, dist: string) => Promise<File | null>} */
async function answerFor(method, path, apiOrigin, dist) {
  if (method !== "GET" && method !== "HEAD") return null;
  if (path === "/") return fileAt([siteFolder], "/index.html");
  const [, botFile] = /^\/bots\/([\w.-]+)$/.exec(path) ?? [];
  const bot = botFile ? await exampleBotFile(botFile, apiOrigin) : null;
  if (bot) return json(bot);
  const made = await embeddingFile(path, apiOrigin);
  if (made) return made;
  const page = examplePage(path) ?? await embeddingPage(path);
  if (page) return { type: "text/html; charset=utf-8", bytes: Buffer.from(page) };
  if (path === "/test-customers.json") {
    return json(JSON.stringify(testCustomers.map(({ id, passcode, name }) => ({ id, passcode, name }))));
  }
  return fileAt([siteFolder, dist], path);
}

/** @param {string} text @returns {File} */
function json(text) {
  return { type: "application/json; charset=utf-8", bytes: Buffer.from(text) };
}

/** @type {(response: import("node:http").ServerResponse, method: string | undefined) => void} */
function refuse(response, method) {
  const allowed = method === "GET" || method === "HEAD";
  response.writeHead(allowed ? 404 : 405, {
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
    ...(!allowed && { allow: "GET, HEAD" }),
  });
  response.end(method === "HEAD" ? undefined : allowed ? "There is nothing at this address.\n" : "Only GET and HEAD.\n");
}
