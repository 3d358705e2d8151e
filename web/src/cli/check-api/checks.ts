/** What a customer API has to do (docs/security.md), each as a check that tries it. The order matters: the last one locks the customer. */
import { isLoopback } from "../../call.js";
import { saysSame } from "./bodies.js";
import { Refusal } from "../refusal.js";
import { addressOf, type Answer, type Client, namesId } from "./client.js";
import { keepsOthersOut, letsSiteIn } from "./cors.js";
import type { PlannedRequest } from "./plan.js";
import { bitsOf, forgedFrom, ownPart } from "./tokens.js";
import { wrongSecretFor } from "./wrong-secret.js";

/** What is wrong, or null when nothing is. */
export type Verdict = string | null;
export interface Check { name: string; try(client: Client): Promise<Verdict> }

/** 128 bits, the least that cannot be guessed. */
const leastBits = 128;
/** Who has not been stopped after this many wrong secrets will not be. */
const mostAttempts = 30;

export const checks: readonly Check[] = [
  { name: "it is reached by https, or on this computer", try: async ({ plan }) => insecure(plan.signIn) ?? insecure(plan.data) },
  { name: "a customer signs in and gets a token", try: signsIn },
  { name: "a wrong secret is refused", try: refusesWrongSecret },
  { name: "an unknown ID and a wrong secret get the same answer", try: answersAlike },
  { name: `tokens are random, of ${leastBits} bits at least`, try: givesRandomTokens },
  { name: "data comes only with a token", try: wantsToken },
  { name: "a token opens its own customer's data", try: opensOwnData },
  { name: "answers are not stored", try: forbidsStoring },
  { name: "pages of the site may call it", try: letsSiteIn },
  { name: "pages of other sites may not", try: keepsOthersOut },
  { name: "attempts are limited", try: limitsAttempts },
];

function insecure(request: PlannedRequest): Verdict {
  const { protocol, hostname } = new URL(request.url);
  return protocol === "https:" || isLoopback(hostname) ? null : `${addressOf(request)} is sent in clear: serve it by https.`;
}

async function signsIn(client: Client): Promise<Verdict> {
  const answer = await client.signIn(client.plan.customer);
  if (answer.status === 429) throw new Refusal(`${addressOf(client.plan.signIn)} answers 429: too many attempts, perhaps of this command before. Try again${waitOf(answer)}.`);
  if (answer.status !== 200) return `It answers ${answer.status}. Are ID, secret, URL and headers right?`;
  return client.tokenIn(answer) ? null : `The answer has no "${client.plan.signIn.token}" with a text: issue a token at each sign-in.`;
}

function waitOf({ headers }: Answer): string {
  const seconds = headers.get("retry-after");
  return /^\d+$/.test(seconds ?? "") ? ` in ${seconds} s` : " later";
}

function wrongSecret(client: Client): Promise<Answer> {
  const { plan } = client;
  return client.signIn({ ...plan.customer, secret: plan.wrongSecret ?? wrongSecretFor(plan.customer.secret) });
}

const unknownId = (client: Client) => client.signIn({ ...client.plan.customer, id: client.plan.unknownId });

async function refusesWrongSecret(client: Client): Promise<Verdict> {
  const answer = await wrongSecret(client);
  if (client.tokenIn(answer)) return "It gives a token for a wrong secret.";
  if (answer.status === 401 || answer.status === 403) return null;
  const hint = [400, 422].includes(answer.status) ? ' If the form is checked first, add a "wrongSecret" of that form to the plan.' : "";
  return `It answers ${answer.status}; a refusal is 401.${hint}`;
}

async function answersAlike(client: Client): Promise<Verdict> {
  const [wrong, unknown] = [await wrongSecret(client), await unknownId(client)];
  if (wrong.status !== unknown.status) return `A wrong secret gets ${wrong.status}, an unknown ID ${unknown.status}: so anybody learns which IDs exist.`;
  if (wrong.body === unknown.body || saysSame(unknown.body, (await unknownId(client)).body, wrong.body)) return null;
  return "The bodies differ: so anybody learns which IDs exist. Answer both with the same words.";
}

async function givesRandomTokens(client: Client): Promise<Verdict> {
  const one = await client.token();
  const again = await client.signIn(client.plan.customer);
  const two = client.tokenIn(again);
  if (!two) return `A second sign-in gets ${again.status} and no token.`;
  if (one === two) return "Two sign-ins get the same token: make a new one each time.";
  const bits = Math.floor(bitsOf(ownPart(one, two)));
  return bits >= leastBits ? null : `What differs between two tokens holds ${bits} bits: take ${leastBits} from a secure generator.`;
}

const isRefusal = ({ status }: Answer) => status >= 400 && status < 500;

async function wantsToken(client: Client): Promise<Verdict> {
  const { customer } = client.plan;
  const without = await client.data(customer, undefined);
  if (!isRefusal(without)) return `Without a token it answers ${without.status}; a refusal is 401.`;
  const token = await client.token();
  for (const forged of forgedFrom(token)) {
    const answer = await client.data(customer, forged);
    if (!isRefusal(answer)) return `With a token that it did not issue it answers ${answer.status}; a refusal is 401.`;
  }
  const right = await client.data(customer, token);
  return right.status === 200 ? null : `With the right token it answers ${right.status}. Are its URL and headers right?`;
}

async function opensOwnData(client: Client): Promise<Verdict> {
  const { customer, other } = client.plan;
  const token = await client.token();
  const [own, again] = [await client.data(customer, token), await client.data(customer, token)];
  const theirs = await client.data(other, await client.token(other));
  if (own.status !== 200 || theirs.status !== 200) return `It answers ${own.status} and ${theirs.status} to the two customers.`;
  if (saysSame(own.body, again.body, theirs.body)) return "Both customers get the same data: look up whose token it is on every call.";
  if (!namesId(client.plan.data)) return null;
  const mixed = await client.data({ ...customer, id: other.id }, token);
  if (isRefusal(mixed) || saysSame(own.body, again.body, mixed.body)) return null;
  return `A token of "${customer.id}" with the ID "${other.id}" gets ${mixed.status} and other data than its own: go by the token alone.`;
}

async function forbidsStoring(client: Client): Promise<Verdict> {
  for (const answer of [await client.signedIn(), await client.data(client.plan.customer, await client.token())]) {
    if (!/\bno-store\b/i.test(answer.headers.get("cache-control") ?? "")) return "An answer lacks Cache-Control: no-store.";
  }
  return null;
}

async function limitsAttempts(client: Client): Promise<Verdict> {
  const heard = await stopped(client, wrongSecret, mostAttempts);
  if (heard === null) return `${mostAttempts} wrong secrets one after the other are all heard: answer 429 with Retry-After after a few.`;
  if (!heard.last.headers.has("retry-after")) return "It answers 429 without Retry-After.";
  const right = await client.signIn(client.plan.customer);
  if (right.status !== 429) return `After the 429 the right secret gets ${right.status}: so guessing goes on. Answer 429 to every secret.`;
  // Wrong secrets that were given before may count, and there were more of them.
  if (await stopped(client, unknownId, heard.attempts + 2)) return null;
  return "An unknown ID gets no 429 after as many attempts: so anybody learns which IDs exist. Count for every ID.";
}

/** Repeats an attempt until it is answered with 429; null when it never is. */
async function stopped(client: Client, attempt: (client: Client) => Promise<Answer>, most: number): Promise<{ attempts: number; last: Answer } | null> {
  for (let attempts = 1; attempts <= most; attempts++) {
    const last = await attempt(client);
    if (last.status === 429) return { attempts, last };
  }
  return null;
}
