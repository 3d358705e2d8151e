/** The steps in which something happens. */
import type { Call, Json } from "../../protocol.js";
import { isObject, parseJson, sameJson, setAt, type JsonObject } from "./json.js";
import { parseDuration, parseInstant } from "./instant.js";
import { Mismatch } from "./mismatch.js";
import { anything, integer, mapOf, oneOf, parsed, record, text, textOrNumber, truth, type Shape } from "./shapes.js";
import { stepKind, type StepKind } from "./step-kind.js";
import type { TestHost } from "./test-host.js";

const callShape = record({}, {
  id: integer(0, Number.MAX_SAFE_INTEGER),
  method: oneOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"),
  url: text,
  headers: mapOf(text),
  body: anything,
  timeoutMs: integer(0, Number.MAX_SAFE_INTEGER),
  credentials: oneOf("omit", "same-origin", "include"),
  maxBytes: integer(0, Number.MAX_SAFE_INTEGER),
});

const answerShape = record({}, { status: integer(0, Number.MAX_SAFE_INTEGER), headers: mapOf(textOrNumber), body: anything });
const failureShape = record({ failed: oneOf("network", "timeout", "tooLarge", "blocked") });

/** A reply is an answer or a failure, not both. */
const replyShape: Shape = (reply, where) => (isObject(reply) && "failed" in reply ? failureShape : answerShape)(reply, where);

const tamperShape: Shape = (changes, where) => {
  const pointers = isObject(changes) ? Object.keys(changes) : [];
  const wrong = pointers.filter((pointer) => pointer !== "" && !pointer.startsWith("/"));
  return [...mapOf(anything)(changes, where), ...wrong.map((pointer) => ({ where, message: `"${pointer}" is not a JSON pointer; it begins with "/".` }))];
};

export const actingSteps: Record<string, StepKind> = {
  user: stepKind<string>(text, (host, typed) => host.send({ type: "textEntered", text: typed })),
  set: stepKind<JsonObject>(mapOf(anything), (host, attributes) => host.send({ type: "attributesSet", attributes })),
  choose: stepKind(text, choose),
  call: stepKind(callShape, call, { required: { reply: replyShape } }),
  wait: stepKind<string>(parsed('a length of time, such as "90s" (ms, s, m, h or d)', parseDuration),
    (host, length) => host.wait(parseDuration(length) ?? 0)),
  clock: stepKind<string>(parsed('an instant, such as "2026-01-05T09:00:00Z"', parseInstant),
    (host, instant) => host.setClock(parseInstant(instant) ?? 0)),
  reload: stepKind(truth, (host) => host.reload()),
  tamper: stepKind(tamperShape, tamper),
};

function choose(host: TestHost, label: string): void {
  const { buttons } = host;
  const button = buttons.find((one) => one.label === label);
  if (!button) throw new Mismatch("this button is not on offer", label, buttons.map((one) => one.label));
  host.send({ type: "optionChosen", value: button.value });
}

function call(host: TestHost, expected: JsonObject, { reply }: JsonObject): void {
  const came = host.page.calls.shift();
  if (!came) throw new Mismatch("the bot makes no request", expected);
  const { comment: _, ...fields } = expected;
  for (const [field, value] of Object.entries(fields)) {
    const other = (came as unknown as JsonObject)[field];
    const same = field === "body" ? sameBody(value, came) : sameField(field, value, other);
    if (!same && !(field === "url" && value === host.addressOf(came.url))) throw new Mismatch(`the request differs in its ${field}`, value, other);
  }
  answer(host, came.id, reply as JsonObject);
}

function answer(host: TestHost, id: number, { failed, status = 200, headers = {}, body = "" }: JsonObject): void {
  if (failed !== undefined) return host.send({ type: "callFailed", id, reason: failed });
  const texts = Object.fromEntries(Object.entries(headers as JsonObject).map(([name, value]) => [name, String(value)]));
  host.send({ type: "callFinished", id, status, headers: texts, body: typeof body === "string" ? body : JSON.stringify(body) });
}

function sameField(field: string, expected: Json, came: Json | undefined): boolean {
  if (field === "headers") return holdsHeaders(expected as JsonObject, came as JsonObject);
  return sameJson(expected, came);
}

/** A form is the same when its fields are, however a space is written; it may be given as an object too. */
function sameBody(expected: Json, { headers, body }: Call): boolean {
  const isForm = Object.entries(headers).some(([name, value]) => name.toLowerCase() === "content-type" && value.startsWith("application/x-www-form-urlencoded"));
  if (isForm && body !== null) return sameJson(fieldsOf(expected), fieldsOf(body));
  return sameJson(expected, typeof expected !== "string" && body !== null ? parseJson(body) : body);
}

/** The fields of a form, each with its name. */
function fieldsOf(form: Json): Json {
  if (isObject(form)) return Object.entries(form).map(([name, value]) => [name, String(value)]);
  return typeof form === "string" ? [...new URLSearchParams(form)] : form;
}

function holdsHeaders(expected: JsonObject, came: JsonObject): boolean {
  const byName = new Map(Object.entries(came).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.entries(expected).every(([name, value]) => byName.get(name.toLowerCase()) === value);
}

function tamper(host: TestHost, changes: JsonObject): void {
  let snapshot = JSON.parse(host.snapshot) as Json;
  for (const [pointer, value] of Object.entries(changes)) {
    const changed = setAt(snapshot, pointer, structuredClone(value));
    if (changed === undefined) throw new Mismatch(`the snapshot has no place ${pointer}`);
    snapshot = changed;
  }
  host.reload(JSON.stringify(snapshot));
}
