/** The file that says how a customer API is used: where customers sign in, and where their data is. */
import type { Json } from "../../protocol.js";
import { findPlaces } from "../json-place.js";
import { readText } from "../read-text.js";
import { Refusal } from "../refusal.js";
import { isObject, parseJson, valueAt } from "../test/json.js";
import { type Fields, type Flaw, listOf, mapOf, oneOf, parsed, record, type Shape, someText, text } from "../test/shapes.js";

/** A request with places for `{{ id }}`, `{{ secret }}` and, after the sign-in, `{{ token }}`. */
export interface PlannedRequest {
  method?: string;
  url: string;
  headers?: Record<string, string>;
  /** sent as JSON */
  body?: unknown;
}

export interface Customer { id: string; secret: string }

export interface Plan {
  /** the origin of the site whose pages call the API */
  site: string;
  /** answers with 200 and a JSON object that holds the token under this name */
  signIn: PlannedRequest & { token: string };
  /** a customer's own data */
  data: PlannedRequest;
  /** made for tests: at the end the limit on attempts is tried on it */
  customer: Customer;
  /** another one, whose data is different */
  other: Customer;
  /** an ID in the form of the others that nobody has */
  unknownId: string;
  /** a wrong secret of `customer`, of a form that the API takes */
  wrongSecret?: string;
}

const origin = parsed('an origin, such as "https://bank.example"', (written) => (URL.canParse(written) && new URL(written).origin === written ? written : null));
const address = parsed("an absolute http(s) URL", (written) => (/^https?:/.test(written) && URL.canParse(written) ? written : null));

/** Any value, in whose texts there are no places but these. */
function withPlaces(...names: string[]): Shape {
  const known = names.map((name) => `{{ ${name} }}`);
  const message = `Nothing fills a place in this. There are ${known.slice(0, -1).join(", ")} and ${known.at(-1)}.`;
  const isFilled = (written: string) => [...written.matchAll(/\{\{(.*?)\}\}/g)].every(([, name]) => names.includes(name!.trim()));
  const shape: Shape = (value, where) => {
    if (typeof value === "string") return isFilled(value) ? [] : [{ where, message }];
    if (Array.isArray(value)) return listOf(shape)(value, where);
    return isObject(value) ? mapOf(shape)(value, where) : [];
  };
  return shape;
}

function requestWith(places: Shape, more: Fields = {}): Shape {
  const url: Shape = (value, where) => [...address(value, where), ...places(value, where)];
  const headers: Shape = (value, where) => [...mapOf(text)(value, where), ...places(value, where)];
  return record({ url, ...more }, { method: oneOf("GET", "POST", "PUT"), headers, body: places });
}

const sendable = parsed("a text that is not empty, without line breaks and other control characters", (written) => (/^[^\p{Cc}]+$/u.test(written) ? written : null));
const customer = record({ id: sendable, secret: sendable });
const planShape = record({
  site: origin,
  signIn: requestWith(withPlaces("id", "secret"), { token: someText }),
  data: requestWith(withPlaces("id", "secret", "token")),
  customer, other: customer, unknownId: sendable,
}, { wrongSecret: sendable });

function flawsIn(content: Json): Flaw[] {
  const flaws = planShape(content, "");
  if (flaws.length > 0) return flaws;
  const plan = content as unknown as Plan;
  const bodies = (["signIn", "data"] as const).filter((name) => plan[name].body !== undefined && (plan[name].method ?? "GET") === "GET");
  return [
    ...bodies.map((name) => ({ where: `/${name}/body`, message: 'A GET takes no body along; add "method": "POST".' })),
    ...(plan.wrongSecret === plan.customer.secret ? [{ where: "/wrongSecret", message: 'This is the right secret of "customer".' }] : []),
  ];
}

/** Reads the plan; a text that is `$NAME` stands for what the environment has under that name. @throws Refusal with every flaw. */
export async function readPlan(file: string): Promise<Plan> {
  const source = await readText(file);
  const content = parseJson(source);
  if (content === undefined) throw new Refusal(`${file}: This is not JSON.`);
  const plan = fromEnvironment(content, file);
  const flaws = flawsIn(plan);
  const places = findPlaces(source, flaws.map(({ where }) => where));
  const lines = flaws.map(({ where, message }) => `${file}:${places(where).line}:${places(where).column} ${variableAt(content, where)}${message}`);
  if (lines.length > 0) throw new Refusal(lines.join("\n"));
  return plan as unknown as Plan;
}

function variableIn(value: unknown): string | null {
  return typeof value === "string" && /^\$[A-Z_][A-Z0-9_]*$/.test(value) ? value.slice(1) : null;
}

/** Which variable a flaw is in, as the beginning of its message: what it holds may be a secret. */
function variableAt(content: Json, where: string): string {
  const name = variableIn(valueAt(content, where));
  return name === null ? "" : `The environment's ${name}: `;
}

function fromEnvironment(value: Json, file: string): Json {
  const name = variableIn(value);
  if (name !== null) {
    const held = process.env[name];
    if (held === undefined) throw new Refusal(`${file}: The environment has no ${name}.`);
    return held;
  }
  if (Array.isArray(value)) return value.map((item) => fromEnvironment(item, file));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, fromEnvironment(held, file)]));
}
