/** A page of the site, or of another one, as the API sees it. */
import type { Customer, Plan, PlannedRequest } from "./plan.js";

export interface Answer { status: number; headers: Headers; body: string }
export interface Values extends Partial<Customer> { token?: string }

const timeoutMs = 10_000;

export class Client {
  readonly plan: Plan;
  /** it has answered anything */
  isThere = false;
  readonly #signedIn = new Map<Customer, Answer>();
  constructor(plan: Plan) { this.plan = plan; }

  /** An attempt to sign in. `origin`: the page's, when it is not the site's. */
  async signIn(who: Customer, origin = this.plan.site): Promise<Answer> {
    const answer = await this.#send(this.plan.signIn, who, origin);
    if (this.tokenIn(answer)) this.#signedIn.set(who, answer);
    return answer;
  }

  /** The answer to the last sign-in of `who` that got a token: an API may limit sign-ins, or keep one session for each customer. */
  async signedIn(who = this.plan.customer): Promise<Answer> { return this.#signedIn.get(who) ?? this.signIn(who); }

  async token(who = this.plan.customer): Promise<string> {
    const answer = await this.signedIn(who);
    const token = this.tokenIn(answer);
    if (!token) throw new Error(`"${who.id}" gets ${answer.status} and no token`);
    return token;
  }

  /** A request for the data of `who` with this token; without one, what would hold it is not sent. */
  data(who: Customer, token: string | undefined, origin = this.plan.site): Promise<Answer> {
    return this.#send(this.plan.data, { ...who, ...(token !== undefined && { token }) }, origin);
  }

  /** What a browser asks before a page of the site may send the request with these headers. */
  async preflight(request: PlannedRequest, headers: string[]): Promise<Answer> {
    return this.#ask(urlOf(request, { ...this.plan.customer, token: await this.token() }), {
      method: "OPTIONS",
      headers: {
        origin: this.plan.site,
        "access-control-request-method": request.method ?? "GET",
        ...(headers.length > 0 && { "access-control-request-headers": headers.join(",") }),
      },
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

  async #ask(url: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(requestFor(url, init), { signal: AbortSignal.timeout(timeoutMs) });
    this.isThere = true;
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  #send(request: PlannedRequest, values: Values, origin: string): Promise<Answer> {
    const filled = Object.entries(headersOf(request)).flatMap(([name, value]) => {
      const sent = fill(value, values);
      return sent === null ? [] : [[name, sent]];
    });
    return this.#ask(urlOf(request, values), {
      method: request.method ?? "GET",
      headers: { origin, ...(Object.fromEntries(filled) as Record<string, string>) },
      ...(request.body !== undefined && { body: bodyOf(request.body, values) }),
    });
  }
}

/** The headers of a request, by their names in small letters. */
export function headersOf({ headers = {}, body }: PlannedRequest): Record<string, string> {
  const written = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...(body !== undefined && { "content-type": "application/json" }), ...(Object.fromEntries(written) as Record<string, string>) };
}

const places = /\{\{\s*(id|secret|token)\s*\}\}/g;

/** The address without its query, in which there may be a key. */
export function addressOf({ url }: PlannedRequest): string {
  return url.split("?", 1)[0]!;
}

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

/** As JSON, without the members that nothing fills. */
function bodyOf(body: unknown, values: Values): string {
  const sent = JSON.stringify(body, (_, held) => (typeof held === "string" && fill(held, values) === null ? undefined : held)) ?? "null";
  return fill(sent, values, (value) => JSON.stringify(value).slice(1, -1)) ?? "{}";
}

/** The error of what cannot be sent would tell what that is, and it may be a secret. */
function requestFor(url: string, init: RequestInit): Request {
  try {
    return new Request(url, { ...init, redirect: "manual", cache: "no-store" });
  } catch {
    throw new Error("a URL, a header or what is filled in holds characters that cannot be sent");
  }
}
