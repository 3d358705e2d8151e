/** The file that says how a customer API is used: where customers sign in, and where their data is. */
import { findPlaces } from "../json-place.js";
import { readText } from "../read-text.js";
import { Refusal } from "../refusal.js";
import { parseJson } from "../test/json.js";
import { anything, mapOf, oneOf, parsed, record, someText, text } from "../test/shapes.js";

/** A request with places for `{{ id }}`, `{{ secret }}` and `{{ token }}`. */
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
}

const origin = parsed('an origin, such as "https://bank.example"', (written) => (URL.canParse(written) && new URL(written).origin === written ? written : null));
const address = parsed("an absolute http(s) URL", (written) => (/^https?:/.test(written) && URL.canParse(written) ? written : null));
const request = { method: oneOf("GET", "POST", "PUT"), headers: mapOf(text), body: anything };
const customer = record({ id: someText, secret: someText });
const planShape = record({
  site: origin, signIn: record({ url: address, token: someText }, request), data: record({ url: address }, request),
  customer, other: customer, unknownId: someText,
});

/** Reads the plan; a text that is `$NAME` stands for what the environment has under that name. @throws Refusal with every flaw. */
export async function readPlan(file: string): Promise<Plan> {
  const source = await readText(file);
  const content = parseJson(source);
  if (content === undefined) throw new Refusal(`${file}: This is not JSON.`);
  const flaws = planShape(content, "");
  const places = findPlaces(source, flaws.map(({ where }) => where));
  const lines = flaws.map(({ where, message }) => `${file}:${places(where).line}:${places(where).column} ${message}`);
  if (lines.length > 0) throw new Refusal(lines.join("\n"));
  return fromEnvironment(content, file) as Plan;
}

function fromEnvironment(value: unknown, file: string): unknown {
  if (typeof value === "string" && /^\$[A-Z_][A-Z0-9_]*$/.test(value)) {
    const held = process.env[value.slice(1)];
    if (held === undefined) throw new Refusal(`${file}: The environment has no ${value.slice(1)}.`);
    return held;
  }
  if (Array.isArray(value)) return value.map((item) => fromEnvironment(item, file));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, fromEnvironment(held, file)]));
}
