/** Which pages' scripts may call the API and read its answers. */
import type { Verdict } from "./checks.js";
import { type Answer, type Client, headersOf } from "./client.js";
import type { PlannedRequest } from "./plan.js";

/** What a browser sends without asking before, as it would for a form. */
const safeMethods = ["GET", "POST"];
const safeHeaders = ["accept", "accept-language", "content-language"];

const elsewhere = "https://elsewhere.example";
/** Origins that are not the site's, among them such as careless comparisons take for it. */
const othersOf = (site: string) => [elsewhere, `${site}.elsewhere.example`, site.replace("://", "://elsewhere-"), "null"];

const originIn = ({ headers }: Answer) => headers.get("access-control-allow-origin");

export async function letsSiteIn(client: Client): Promise<Verdict> {
  const { site, signIn, data, customer } = client.plan;
  for (const request of [signIn, data]) {
    const wrong = await preflightStops(client, request);
    if (wrong) return wrong;
  }
  for (const [url, answer] of [[signIn.url, await client.signedIn()], [data.url, await client.data(customer, await client.token())]] as const) {
    if (originIn(answer) !== site) return `Access-Control-Allow-Origin of ${url} is ${originIn(answer) ?? "missing"}; it must be ${site}, not a star.`;
  }
  return null;
}

async function preflightStops(client: Client, request: PlannedRequest): Promise<Verdict> {
  const { method = "GET", url } = request;
  const names = Object.keys(headersOf(request)).filter((name) => !safeHeaders.includes(name)).sort();
  if (names.length === 0 && safeMethods.includes(method)) return null;
  const answer = await client.preflight(request, names);
  const { site } = client.plan;
  if (answer.status >= 300) return `The preflight (OPTIONS ${url}) is answered ${answer.status}; 204 would let the page in.`;
  if (![site, "*"].includes(originIn(answer) ?? "")) return `Access-Control-Allow-Origin of the preflight (OPTIONS ${url}) is ${originIn(answer) ?? "missing"}; it must be ${site}.`;
  const allowed = listIn(answer, "access-control-allow-headers").map((name) => name.toLowerCase());
  const missing = names.find((name) => !allowed.includes(name) && (name === "authorization" || !allowed.includes("*")));
  if (missing) return `Access-Control-Allow-Headers lacks ${missing}${allowed.includes("*") ? ", which a star does not stand for" : ""}.`;
  const methods = [...safeMethods, ...listIn(answer, "access-control-allow-methods")];
  return methods.includes(method) || methods.includes("*") ? null : `Access-Control-Allow-Methods lacks ${method}.`;
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
