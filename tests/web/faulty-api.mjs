/** A customer API for `latchkey check-api` that does everything right but for what its fault says. */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { ada, bram, siteOrigin } from "./demo-harness.mjs";

const secrets = new Map([[ada.id, ada.passcode], [bram.id, bram.passcode]]);
const random = () => randomBytes(16).toString("base64url");

function answersOf(fault) {
  const wrongs = new Map();
  const tokens = new Map();
  let signIns = 0;
  const traced = (answer) => (fault.traced ? { ...answer, traceId: random() } : answer);

  function verify({ authorization, "x-passcode": passcode }, sent) {
    const { id = authorization, secret = passcode } = sent ?? {};
    if (++signIns > (fault.perAddress ?? Infinity)) return [429, {}, { "retry-after": "60" }];
    const right = secrets.get(id) === secret || fault.opensToAll;
    if (fault.form && !fault.form.test(secret)) return [400, traced({ error: "badForm" })];
    const spent = (wrongs.get(id) ?? 0) >= (fault.attempts ?? 6) && !(fault.limitsKnownAlone && !secrets.has(id));
    if (spent && !(fault.limitLetsRightIn && right)) return [429, {}, fault.retryAfter === false ? {} : { "retry-after": "60" }];
    if (!right) {
      wrongs.set(id, (wrongs.get(id) ?? 0) + 1);
      return secrets.has(id) || !fault.unknown ? [401, traced({ error: "notRecognised" })] : fault.unknown;
    }
    wrongs.delete(id);
    const token = fault.token?.(id) ?? crypto.randomUUID();
    tokens.set(token, id);
    return [200, { token }];
  }

  function data({ authorization = "", "x-customer": named }, sent, asked = named) {
    if (sent && !("token" in sent)) return [400, { error: "badRequest" }];
    const token = sent?.token ?? authorization.replace("Bearer ", "");
    const id = fault.subject ? fault.subject(token) : tokens.get(token);
    if (!id) return fault.noToken ? [200, {}] : [401, {}];
    if (fault.trustsId && asked) return [200, { balance: asked }];
    if (asked && asked !== id) return [secrets.has(asked) ? 403 : 404, {}];
    return [200, { balance: fault.sameData ? 0 : id, ...(fault.timed && { at: random() }) }];
  }

  return ({ method, url, headers }, body) => {
    const { pathname, search, searchParams } = new URL(url, "http://localhost");
    const sent = search ? Object.fromEntries(searchParams) : body;
    if (method === "OPTIONS") return [fault.preflight ?? 204];
    if (pathname === "/customers/verify") return verify(headers, sent);
    const named = /^\/customers\/([^/]+)\/accounts$/.exec(pathname)[1];
    return data(headers, sent, named === "me" ? undefined : named);
  };
}

function corsFor({ method, url, headers }, fault) {
  const kind = method === "OPTIONS" ? "preflight" : url === "/customers/verify" ? "signIn" : "data";
  const origin = fault.origin?.(headers.origin) ?? (headers.origin === siteOrigin ? siteOrigin : undefined);
  return {
    ...(origin && fault.withoutCors !== kind && { "access-control-allow-origin": origin }),
    "access-control-allow-headers": fault.headers ?? "authorization, x-passcode, x-customer, content-type",
    "access-control-allow-methods": fault.methods ?? "GET, PUT",
  };
}

/** `seen` is what it was asked for, and with what type of body: "PUT /customers/me/accounts application/json". */
export async function withFault(fault, body) {
  const answerTo = answersOf(fault);
  const seen = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    seen.push(`${request.method} ${request.url} ${request.headers["content-type"] ?? ""}`);
    const [status, answer, more] = answerTo(request, text ? JSON.parse(text) : request.method === "PUT" ? {} : undefined);
    response.writeHead(status, { "cache-control": fault.cache ?? "no-store", ...corsFor(request, fault), ...more })
      .end(answer && JSON.stringify(answer));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    await body(`http://127.0.0.1:${server.address().port}`, seen);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
