/**
 * The customer API of the demo bank: a model of what stands behind a chat with authenticated dialogs.
 *
 * - It asks for something known besides the ID, and answers an unknown ID and a wrong passcode exactly alike.
 * - It limits attempts by itself: the limit in the chat runs in the visitor's browser and protects nothing.
 * - Data comes only with a token that it issued. A request never says whose data it wants: the token does.
 * - One origin may read the answers, and nobody may store them.
 *
 * GET    /customers/verify            Authorization: <customer ID>, X-Passcode: <passcode>
 * GET    /customers/me/accounts       Authorization: Bearer <token>
 * GET    /customers/me/transactions   Authorization: Bearer <token>
 * DELETE /customers/me/session        Authorization: Bearer <token>
 */
import { createServer } from "node:http";
import { accountsOf, transactionsOf } from "./account-data.mjs";
import { AttemptLimits, defaultLimits } from "./attempt-limits.mjs";
import { openDatabase } from "./database.mjs";
import { listen } from "./listen.mjs";
import { passcodeMatches } from "./passcodes.mjs";
import { Tokens, tokenSeconds } from "./tokens.mjs";

/**
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {{ status: number, body?: object, headers?: Record<string, string> }} Answer
 * @typedef {(request: Request, api: Api) => Answer | Promise<Answer>} Handler
 * @typedef {{ database: import("node:sqlite").DatabaseSync, limits: AttemptLimits, tokens: Tokens,
 *   siteOrigin: () => string, now: () => number }} Api
 *
 * @typedef {object} Options
 * @property {number} port 0: any free one
 * @property {string | (() => string)} siteOrigin the one origin whose pages may call the API
 * @property {string} databaseFile created when it is not there
 * @property {() => number} [now] milliseconds since the epoch; for tests
 * @property {import("./attempt-limits.mjs").Limits} [limits]
 */

/** Longer values are no customer's; refusing them early keeps the hashing short. */
const longestCustomerId = 64;
const longestPasscode = 128;

/** @type {(status: number, error: string, message: string, headers?: Record<string, string>) => Answer} */
const refusal = (status, error, message, headers) => ({ status, body: { error, message }, headers });

const routes = new Map(/** @type {[path: string, Record<string, Handler>][]} */ ([
  ["/customers/verify", { GET: verify }],
  ["/customers/me/accounts", { GET: signedIn((api, customer) => ({ accounts: accountsOf(api.database, customer) })) }],
  ["/customers/me/transactions",
    { GET: signedIn((api, customer) => ({ transactions: transactionsOf(api.database, customer) })) }],
  ["/customers/me/session", { DELETE: endSession }],
]));

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
  const handlers = routes.get((request.url ?? "").split("?", 1)[0]);
  if (!handlers) return refusal(404, "notFound", "There is nothing at this address.");
  const methods = [...Object.keys(handlers), "OPTIONS"].join(", ");
  if (request.method === "OPTIONS") return preflight(methods);
  const handler = Object.hasOwn(handlers, request.method ?? "") ? handlers[request.method ?? ""] : undefined;
  if (!handler) return refusal(405, "methodNotAllowed", `Allowed here: ${methods}.`, { allow: methods });
  return handler(request, api);
}

/** @type {(methods: string) => Answer} */
function preflight(methods) {
  return {
    status: 204,
    headers: {
      allow: methods,
      "access-control-allow-methods": methods,
      "access-control-allow-headers": "Authorization, X-Passcode",
      "access-control-max-age": "600",
    },
  };
}

/** @type {Handler} */
async function verify(request, { database, limits, tokens, now }) {
  const customer = request.headers.authorization ?? "";
  const passcode = String(request.headers["x-passcode"] ?? "");
  if (!isVisible(customer, longestCustomerId) || !isVisible(passcode, longestPasscode)) {
    return refusal(400, "badRequest", "Send the customer ID as Authorization and the passcode as X-Passcode.");
  }
  const attempt = limits.begin(customer, request.socket.remoteAddress ?? "", now());
  if ("retryAfterSeconds" in attempt) {
    const headers = { "retry-after": String(attempt.retryAfterSeconds) };
    return refusal(429, "tooManyAttempts", "Too many attempts. Try again later.", headers);
  }
  const row = database.prepare("SELECT name, salt, hash FROM customers WHERE id = ?").get(customer);
  const stored = row ? /** @type {import("./passcodes.mjs").StoredPasscode} */ (/** @type {unknown} */ (row)) : null;
  if (!await passcodeMatches(passcode, stored) || !row) {
    return refusal(401, "notRecognised", "The customer ID and the passcode do not belong together.");
  }
  attempt.succeeded();
  return { status: 200, body: { token: tokens.issue(customer, now()), name: row.name, expiresInSeconds: tokenSeconds } };
}

/** @type {(data: (api: Api, customer: string) => object) => Handler} */
function signedIn(data) {
  return (request, api) => {
    const customer = api.tokens.subject(request.headers.authorization, api.now());
    return customer === null ? notSignedIn() : { status: 200, body: data(api, customer) };
  };
}

/** @type {Handler} */
function endSession(request, { tokens, now }) {
  if (tokens.subject(request.headers.authorization, now()) === null) return notSignedIn();
  tokens.revoke(request.headers.authorization);
  return { status: 204 };
}

function notSignedIn() {
  return refusal(401, "notSignedIn", "The token is missing, unknown or expired.", { "www-authenticate": "Bearer" });
}

/** @type {(value: string, longest: number) => boolean} */
function isVisible(value, longest) {
  return value.length <= longest && /^[!-~]+$/.test(value);
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
