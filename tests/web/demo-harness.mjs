// The demo's customer API on a port of its own, for tests by real HTTP.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { startCustomerApi } from "../../web/demo/customer-api.mjs";
import { testCustomers } from "../../web/demo/test-customers.mjs";

export const siteOrigin = "http://localhost:8080";
export const [ada, bram] = testCustomers;
export const minuteMs = 60_000;

export const folder = await mkdtemp(join(tmpdir(), "latchkey-demo-"));
let files = 0;
after(() => rm(folder, { recursive: true }));

export const newFile = () => join(folder, `bank-${++files}.sqlite`);

/**
 * Runs `body` against an API of its own, with a clock that stands still until it is moved.
 * @param {(api: { get: (path: string, headers?: Record<string, string>, method?: string) => Promise<Response>,
 *   verify: (id: string, passcode: string) => Promise<Response>, origin: string, clock: { now: number },
 *   send: (method: string, path: string, body: unknown, headers?: Record<string, string>) => Promise<Response> }) => Promise<void>} body
 * @param {object} [options]
 */
export async function withApi(body, options = {}) {
  const clock = { now: Date.UTC(2026, 0, 15, 12) };
  const api = await startCustomerApi({ port: 0, siteOrigin, databaseFile: newFile(), now: () => clock.now, ...options });
  const get = (/** @type {string} */ path, headers = {}, method = "GET") =>
    fetch(api.origin + path, { method, headers: { origin: siteOrigin, ...headers } });
  const verify = (/** @type {string} */ id, /** @type {string} */ passcode) =>
    get("/customers/verify", { authorization: id, "x-passcode": passcode });
  const send = (/** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ body, headers = {}) =>
    fetch(api.origin + path, {
      method, body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { origin: siteOrigin, "content-type": "application/json", ...headers },
    });
  try {
    await body({ get, verify, send, origin: api.origin, clock });
  } finally {
    await api.close();
  }
}

/** @param {Response} response */
export const tokenOf = async (response) => (await response.json()).token;
/** @param {string} token */
export const bearer = (token) => ({ authorization: `Bearer ${token}` });
