/**
 * The customer API of the demo: a model of what stands behind a chat with authenticated dialogs.
 *
 * - It asks for something known besides the ID, and answers an unknown ID and a wrong passcode exactly alike.
 * - It limits attempts by itself: the limit in the chat runs in the visitor's browser and protects nothing.
 * - Data comes only with a token that it issued. A request never says whose data it wants: the token does.
 * - One origin may read the answers, and nobody may store them.
 *
 * The bank. All but the first want Authorization: Bearer <token>.
 * GET    /customers/verify                           Authorization: <customer ID>, X-Passcode: <passcode>
 * GET    /customers/me/accounts
 * GET    /customers/me/transactions
 * DELETE /customers/me/session
 * POST   /customers/me/payments                      { payee, account, amount, reference }: prepared, nothing is moved
 * GET    /customers/me/payments/<ID>                 what became of it
 * POST   /customers/me/payments/<ID>/confirmation    sent, once
 *
 * The parcel service
 * GET    /parcels/<number>                           anybody
 * GET    /parcels/<number>/verify                    X-Postcode: <postcode>, X-Delivery-Code: <code>
 * GET    /parcels/me/delivery                        Authorization: Bearer <token>
 * PUT    /parcels/me/delivery                        Authorization: Bearer <token>; { window, address }
 *
 * The bike workshop
 * GET    /appointments/slots?from=<day>              anybody
 * POST   /appointments                               Idempotency-Key: <key>; the booking
 *
 * The tutorial
 * GET    /tutorial/customers/verify                  Authorization: <customer ID>
 */
import { createServer } from "node:http";
import { refusal } from "./api/answers.mjs";
import { routeOf } from "./api/routes.mjs";
import { AttemptLimits, defaultLimits } from "./attempt-limits.mjs";
import { openDatabase } from "./database.mjs";
import { listen } from "./listen.mjs";
import { Tokens } from "./tokens.mjs";

/**
 * @typedef {import("./api/answers.mjs").Request} Request
 * @typedef {import("./api/answers.mjs").Answer} Answer
 * @typedef {import("./api/answers.mjs").Api} Api
 *
 * @typedef {object} Options
 * @property {number} port 0: any free one
 * @property {string | (() => string)} siteOrigin the one origin whose pages may call the API
 * @property {string} databaseFile created when it is not there
 * @property {() => number} [now] milliseconds since the epoch; for tests
 * @property {import("./attempt-limits.mjs").Limits} [limits]
 */

const allowedHeaders = "Authorization, X-Passcode, X-Postcode, X-Delivery-Code, Content-Type, Idempotency-Key";

/**
 * @param {Options} options
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function startCustomerApi({ port, siteOrigin, databaseFile, now = Date.now, limits = defaultLimits }) {
  const database = openDatabase(databaseFile, now());
  const api = {
    database, now, limits: new AttemptLimits(database, limits), tokens: new Tokens(database),
    siteOrigin: typeof siteOrigin === "string" ? () => siteOrigin : siteOrigin,
  };
  const server = createServer((request, response) => void respond(request, response, api));
  server.on("clientError", refuseMalformed);
  try {
    const { origin, close } = await listen(server, port);
    return { origin, close: () => close().finally(() => database.close()) };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** @type {(request: Request, response: import("node:http").ServerResponse, api: Api) => Promise<void>} */
async function respond(request, response, api) {
  const { status, body, headers } = await answerTo(request, api).catch(unexpected);
  response.writeHead(status, {
    ...(body && { "content-type": "application/json; charset=utf-8" }),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    vary: "Origin",
    ...(request.headers.origin === api.siteOrigin() && {
      "access-control-allow-origin": api.siteOrigin(),
      "access-control-expose-headers": "Retry-After",
    }),
    ...headers,
  });
  response.end(body && JSON.stringify(body));
}

/** @type {(request: Request, api: Api) => Promise<Answer>} */
async function answerTo(request, api) {
  const { origin } = request.headers;
  if (origin !== undefined && origin !== api.siteOrigin()) {
    return refusal(403, "originNotAllowed", "Pages of this origin may not call the API.");
  }
  const route = routeOf((request.url ?? "").split("?", 1)[0]);
  if (!route) return refusal(404, "notFound", "There is nothing at this address.");
  const { handlers, places } = route;
  const methods = [...Object.keys(handlers), "OPTIONS"].join(", ");
  if (request.method === "OPTIONS") return preflight(methods);
  const handler = Object.hasOwn(handlers, request.method ?? "") ? handlers[request.method ?? ""] : undefined;
  if (!handler) return refusal(405, "methodNotAllowed", `Allowed here: ${methods}.`, { allow: methods });
  return handler(request, api, places);
}

/** @type {(methods: string) => Answer} */
function preflight(methods) {
  return {
    status: 204,
    headers: {
      allow: methods,
      "access-control-allow-methods": methods,
      "access-control-allow-headers": allowedHeaders,
      "access-control-max-age": "600",
    },
  };
}

/** @type {(error: Error) => Answer} */
function unexpected(error) {
  console.error(`The customer API could not answer: ${error.message}`);
  return refusal(500, "internalError", "The server could not answer.");
}

/** Requests that are no HTTP never reach `respond`. @type {(error: NodeJS.ErrnoException, socket: import("node:stream").Duplex) => void} */
function refuseMalformed(error, socket) {
  if (!socket.writable) return;
  const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
  const body = JSON.stringify({ error: "badRequest", message: "The request is not valid HTTP, or too long." });
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n`
    + `cache-control: no-store\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
