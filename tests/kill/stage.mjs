/** One site with the chat, and the customer API that a conversation test describes, for one tab. */
import { createServer } from "node:http";
import { page, startSite, styleSheet } from "../web/site.mjs";
import { inPage } from "./in-page.mjs";

const chat = '<script src="/kill.js"></script><script src="/latchkey.js" data-bot="/bot.json"></script>';
const picture = { body: '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', headers: { "content-type": "image/svg+xml" } };

/** `stage.begin(conversation, start)` sets it for one; `stage.now` is the time of pages that are loaded. */
export async function startStage() {
  const stage = { now: 0, serial: 0 };
  const api = await startApi();
  const files = { "/style.css": styleSheet, "/": page(chat), "/second.html": page(chat), "/away.html": page("") };
  files["/kill.js"] = () => ({
    body: `(${inPage})(${JSON.stringify({ serial: ++stage.serial, start: stage.now, seed: stage.conversation.seed })})`,
    headers: { "content-type": "text/javascript" },
  });
  // Any picture will do.
  const pictures = new Proxy(files, { get: (known, path) => known[path] ?? (/^\/images\//.test(path) ? picture : undefined) });
  const site = await startSite(pictures);
  return Object.assign(stage, {
    origin: site.origin, api, files,
    begin(conversation, start = conversation.now) {
      Object.assign(stage, { conversation, now: start });
      const { botText, apiOrigin } = conversation;
      files["/bot.json"] = apiOrigin ? botText.replaceAll(apiOrigin, api.origin) : botText;
      api.begin(conversation);
    },
    close: async () => {
      await site.close();
      await api.close();
    },
  });
}

/**
 * Gives the replies of a conversation test in their order, each to the request that it belongs to. One that came to its page
 * is not given again, but one that a page did not wait for is, after `api.expectAgain()`. `api.hold()` keeps the next answer back.
 */
async function startApi() {
  const api = { asked: [], wrong: [], left: [] };
  let last = null;
  // How many replies were left when something was interrupted: those given since may be asked for again.
  let again = 0;
  let held = null;
  const fits = (expected, request) => expected && (expected.method ?? request.method) === request.method && (!expected.url || pathOf(expected) === pathOf(request));
  const find = (request) => {
    if (api.left.length < again && fits(last, request)) return last;
    return fits(api.left[0], request) ? (last = api.left.shift()) : null;
  };
  const server = createServer(async (request, response) => {
    const sharing = {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
      "access-control-allow-methods": "*",
      "access-control-expose-headers": "*",
    };
    request.resume();
    if (request.method === "OPTIONS") return response.writeHead(204, sharing).end();
    api.asked.push(`${request.method} ${request.url}`);
    const expected = find(request);
    if (!expected) api.wrong.push(`${request.method} ${request.url}`);
    const { failed, status = 200, headers = {}, body = "" } = expected?.reply ?? { status: 599 };
    if (held) {
      const { arrived, released } = held;
      held = null;
      arrived();
      await released;
    }
    // A connection that breaks off might make the browser repeat the request; an answer that is not for the page does not.
    if (failed) return response.writeHead(200, { "cache-control": "no-store" }).end();
    response.writeHead(status, { ...sharing, "cache-control": "no-store", "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return Object.assign(api, {
    origin: `http://localhost:${server.address().port}`,
    begin({ replies }) {
      Object.assign(api, { asked: [], wrong: [], left: [...replies] });
      last = held = null;
      again = 0;
    },
    /** From now on until `settle()` the last reply that was given is given again to who asks again. */
    expectAgain: () => void (again = api.left.length),
    settle: () => void (again = 0),
    /** Keeps the answer to the next request back: `{ asked, release }`. */
    hold() {
      const asked = Promise.withResolvers();
      const released = Promise.withResolvers();
      held = { arrived: asked.resolve, released: released.promise };
      return { asked: asked.promise, release: released.resolve };
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  });
}

const pathOf = ({ url }) => url.replace(/^https?:\/\/[^/]+/, "").split("?")[0];
