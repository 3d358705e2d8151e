/** Which pages' scripts may call the API and read its answers. */
import type { Verdict } from "./checks.js";
import { addressOf, type Answer, type Client, headersOf } from "./client.js";
import type { PlannedRequest } from "./plan.js";

/** What a browser sends without asking before, as it would for a form. */
const safeMethods = ["GET", "POST"];
const safeHeaders = ["accept", "accept-language", "content-language"];

const elsewhere = "https://elsewhere.example";
/** Origins that are not the site's, among them such as careless comparisons take for it. */
const othersOf = (site: string) => [elsewhere, `${site}.elsewhere.example`, site.replace("://", "://elsewhere-"), "null"];

const originIn = ({ headers }: Answer) => headers.get("access-control-allow-origin");

export async function letsSiteIn(client: Client): Promise<Verdict> {
  const { signIn, data, customer, site } = client.plan;
  return await preflightStops(client, signIn) ?? await preflightStops(client, data)
    ?? lacksOrigin(await client.signedIn(), addressOf(signIn), [site])
    ?? lacksOrigin(await client.data(customer, await client.token()), addressOf(data), [site]);
}

async function preflightStops(client: Client, request: PlannedRequest): Promise<Verdict> {
  const { method = "GET" } = request;
  const names = Object.keys(headersOf(request)).filter((name) => !safeHeaders.includes(name)).sort();
  if (names.length === 0 && safeMethods.includes(method)) return null;
  const answer = await client.preflight(request, names);
  const what = `the preflight (OPTIONS ${addressOf(request)})`;
  if (answer.status >= 300) return `To ${what} it answers ${answer.status}; 204 would let the page in.`;
  return lacksOrigin(answer, what, [client.plan.site, "*"]) ?? lacksHeader(answer, names) ?? lacksMethod(answer, method);
}

function lacksOrigin(answer: Answer, what: string, allowed: [site: string, ...others: string[]]): Verdict {
  const origin = originIn(answer);
  if (origin !== null && allowed.includes(origin)) return null;
  return `Access-Control-Allow-Origin of ${what} is ${origin ?? "missing"}; it must be ${allowed[0]}${origin === "*" ? ", not a star" : ""}.`;
}

function lacksHeader(answer: Answer, names: string[]): Verdict {
  const allowed = listIn(answer, "access-control-allow-headers").map((name) => name.toLowerCase());
  const star = allowed.includes("*");
  const missing = names.find((name) => !allowed.includes(name) && (name === "authorization" || !star));
  return missing ? `Access-Control-Allow-Headers lacks ${missing}${star ? ", which a star does not stand for" : ""}.` : null;
}

function lacksMethod(answer: Answer, method: string): Verdict {
  const allowed = [...safeMethods, ...listIn(answer, "access-control-allow-methods")];
  return allowed.includes(method) || allowed.includes("*") ? null : `Access-Control-Allow-Methods lacks ${method}.`;
}

function listIn({ headers }: Answer, name: string): string[] {
  return (headers.get(name) ?? "").split(",").map((item) => item.trim());
}

export async function keepsOthersOut(client: Client): Promise<Verdict> {
  const { site, customer } = client.plan;
  let wrong = letsIn(await client.signIn(customer, elsewhere), elsewhere);
  for (const origin of othersOf(site)) wrong ??= letsIn(await client.data(customer, await client.token(), origin), origin);
  return wrong;
}

function letsIn(answer: Answer, other: string): Verdict {
  const origin = originIn(answer);
  if (origin !== "*" && origin !== other) return null;
  return `A page of ${other === "null" ? 'no origin ("null")' : other} may read the answers (Access-Control-Allow-Origin: ${origin}).`;
}
