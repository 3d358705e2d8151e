/** Latchkey for a host that passes on texts: JSON text in, JSON text out. The host writes no events and reads no effects but its own calls. */
import * as ours from "./latchkey.mjs";
import { verify } from "./conversation.mjs";

export const { define, start, snapshot, restore, linearBytes } = ours;

const now = Date.parse("2026-01-05T09:00:00Z");
const isCall = '{"type":"call",';

/** The events of the inputs, as they come over the wire. */
const texts = new Map();
function textOf(input) {
  let text = texts.get(input);
  if (!text) texts.set(input, (text = JSON.stringify(input.option === undefined ? { type: "textEntered", text: input.text, now } : { type: "optionChosen", value: input.option, now })));
  return text;
}

export function take(conversation, input) {
  const turn = conversation.handleText(textOf(input));
  if (!turn.includes(isCall)) return turn;
  const { id, headers } = JSON.parse(turn).effects.find(({ type }) => type === "call");
  const answer = { type: "callFinished", id, status: verify(headers.Authorization), headers: { "content-type": "application/json" }, body: '{"ok":true}', now };
  return conversation.handleText(JSON.stringify(answer));
}

export const messages = (output) => ours.messages(typeof output === "string" ? JSON.parse(output).effects : output);
