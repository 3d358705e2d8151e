/** Every API element of the example bots, and what its success sounds like. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exampleBots } from "../../web/demo/example-bots.mjs";

const folder = join(import.meta.dirname, "../../web/demo/bots");

/** What a visitor may hear only after a right answer, by bot, method and path; null where the answer promises nothing. */
const successes = {
  "tutorial: GET /customers/verify": /You are verified/,
  "acme-bank: GET /customers/verify": /You are signed in/,
  "acme-bank: GET /customers/me/accounts": /These are your balances|Current account/,
  "acme-bank: GET /customers/me/transactions": /Your latest transactions/,
  "acme-bank: POST /customers/me/payments": /Please look at it once more|Shall I send it/,
  "acme-bank: POST /customers/me/payments/{{ payment.id }}/confirmation": /Done\.|, once\.|It was not sent/,
  "acme-bank: GET /customers/me/payments/{{ payment.id }}": /Done\.|, once\.|It was not sent/,
  // Signing out happens here, whatever the bank says.
  "acme-bank: DELETE /customers/me/session": null,
  "parcel-service: GET /parcels/{{ parcel_number }}": /on the way|was \*\*delivered|out for delivery/,
  "parcel-service: GET /parcels/{{ parcel_number }}/verify": /our deliveries/,
  "parcel-service: GET /parcels/me/delivery": /Your parcel comes on/,
  "parcel-service: PUT /parcels/me/delivery": /Done\./,
  "appointment: GET /appointments/slots": /free times\. Which one/,
  "appointment: POST /appointments": /It is booked/,
};

/**
 * The API elements of all example bots: `{ title, bot, conversations, now, pointer, element, authentication, success,
 * statusIsKept }`. `bot` is the file's text, `conversations` and `now` are those of its tests.
 */
export async function apiElements() {
  const elements = [];
  for (const { name } of exampleBots) {
    const bot = await readFile(join(folder, `${name}.json`), "utf8");
    const { conversations, now } = JSON.parse(await readFile(join(folder, `${name}.conversations.json`), "utf8"));
    for (const found of findApiElements(JSON.parse(bot))) {
      const title = `${name}: ${found.element.method} ${found.element.url.replace(/^https?:\/\/[^/]+/, "")}`;
      if (!(title in successes)) throw new Error(`Say in api-elements.mjs what the success of this element sounds like: ${title}`);
      const statusIsKept = isKept(bot, found.element);
      elements.push({ title, bot, conversations, now: Date.parse(now), success: successes[title], statusIsKept, ...found });
    }
  }
  return elements;
}

/** Whether the attribute that holds the status is still the same after the flow has led on to another dialog. */
function isKept(bot, { save }) {
  const attribute = JSON.parse(bot).attributes.find(({ name }) => name === save?.status);
  return attribute !== undefined && attribute.scope !== "dialog";
}

function findApiElements({ dialogs }) {
  return dialogs.flatMap((dialog, index) => {
    const found = [];
    const authentication = dialog.kind === "authentication";
    walk(dialog.elements, `/dialogs/${index}/elements`, (pointer, element) => found.push({ pointer, element, authentication }));
    return found;
  });
}

function walk(value, pointer, found) {
  if (typeof value !== "object" || value === null) return;
  if (value.type === "api") found(pointer, value);
  for (const [key, inner] of Object.entries(value)) walk(inner, `${pointer}/${key}`, found);
}

/** The bot's text with all API elements at `origin` but the one at `pointer`: at `faulty`, with that deadline. */
export function botAt({ bot, pointer }, { origin, faulty, timeoutSeconds = 1 }) {
  const content = JSON.parse(bot);
  const [own] = content.settings.apiOrigins;
  content.settings.apiOrigins = [origin, faulty];
  for (const found of findApiElements(content)) {
    const isTarget = found.pointer === pointer;
    found.element.url = found.element.url.replace(own, isTarget ? faulty : origin);
    if (isTarget) found.element.timeoutSeconds = timeoutSeconds;
  }
  return JSON.stringify(content);
}

/** How often the element's request may be sent for one answer. */
export function mostRequests({ method, retry = 0, retryUnsafe = false }) {
  return retryUnsafe || !["POST", "PATCH"].includes(method) ? retry + 1 : 1;
}
