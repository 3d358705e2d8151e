/** A page of the site, or of another one, as the API sees it. */
import type { Customer, Plan, PlannedRequest } from "./plan.js";

export interface Answer { status: number; headers: Headers; body: string }
export interface Values extends Partial<Customer> { token?: string }

const timeoutMs = 10_000;

export class Client {
  readonly plan: Plan;
  constructor(plan: Plan) { this.plan = plan; }

  /** An attempt to sign in. `origin`: the page's, when it is not the site's. */
  signIn(who: Customer, origin = this.plan.site): Promise<Answer> { return this.#send(this.plan.signIn, who, origin); }

  /** A request for the data of `who` with this token; without one, what would hold it is not sent. */
  data(who: Customer, token: string | undefined, origin = this.plan.site): Promise<Answer> {
    return this.#send(this.plan.data, { ...who, ...(token !== undefined && { token }) }, origin);
  }

  /** What a browser asks before a page of `origin` may send the request. */
  preflight(request: PlannedRequest, origin: string): Promise<Answer> {
    const names = Object.keys(request.headers ?? {}).map((name) => name.toLowerCase()).sort();
    return answerOf(urlOf(request, this.plan.customer), {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": request.method ?? "GET", "access-control-request-headers": names.join(",") },
    });
  }

  /** The token in the answer to a sign-in, or undefined. */
  tokenIn({ body }: Answer): string | undefined {
    try {
      const token = (JSON.parse(body) as Record<string, unknown> | null)?.[this.plan.signIn.token];
      return typeof token === "string" && token !== "" ? token : undefined;
    } catch {
      return undefined;
    }
  }

  #send({ method = "GET", url, headers = {}, body }: PlannedRequest, values: Values, origin: string): Promise<Answer> {
    const filled = Object.entries(headers).map(([name, value]) => [name, fill(value, values)] as const).filter(([, value]) => value !== null);
    return answerOf(urlOf({ url }, values), {
      method,
      headers: { origin, ...(body !== undefined && { "content-type": "application/json" }), ...(Object.fromEntries(filled) as Record<string, string>) },
      ...(body !== undefined && { body: JSON.stringify(body, (_, held) => (typeof held === "string" ? fill(held, values) ?? undefined : held)) ?? "" }),
    });
  }
}

const places = /\{\{\s*(id|secret|token)\s*\}\}/g;

/** Whether a request says, beside the token, whose data it wants. */
export function namesId(request: PlannedRequest): boolean {
  return [...JSON.stringify(request).matchAll(places)].some(([, name]) => name === "id");
}

/** The text with its places filled; null when there is nothing to fill one with. */
function fill(written: string, values: Values, encode: (value: string) => string = String): string | null {
  const names = [...written.matchAll(places)].map(([, name]) => name as keyof Values);
  if (names.some((name) => values[name] === undefined)) return null;
  return written.replaceAll(places, (_, name: keyof Values) => encode(values[name]!));
}

function urlOf({ url }: PlannedRequest, values: Values): string {
  return fill(url, { token: "", ...values }, encodeURIComponent)!;
}

async function answerOf(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(requestFor(url, init), { signal: AbortSignal.timeout(timeoutMs) });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** The error of what cannot be sent would tell what that is, and it may be a secret. */
function requestFor(url: string, init: RequestInit): Request {
  try {
    return new Request(url, { ...init, redirect: "manual", cache: "no-store" });
  } catch {
    throw new Error("a URL, a header or what is filled in holds characters that cannot be sent");
  }
}
