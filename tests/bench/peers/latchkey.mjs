/** Latchkey over its public interface: JSON text crosses into WebAssembly and back at every event. */
import { readFile } from "node:fs/promises";
import { loadBot, restoreConversation, startConversation } from "../../../web/dist/engine.js";
import { verify } from "./conversation.mjs";

const now = Date.parse("2026-01-05T09:00:00Z");

export const define = async () => loadBot(await readFile(new URL("../bot.json", import.meta.url), "utf8"));

export function start(bot) {
  const { conversation, effects } = startConversation(bot, { now, conversationId: "bench", seed: 1 });
  return { conversation, output: effects };
}

/** Handles an event, and answers the call of the API that it may lead to. */
export function take(conversation, { text, option }) {
  const effects = handle(conversation, option === undefined ? { type: "textEntered", text, now } : { type: "optionChosen", value: option, now });
  const call = effects.find(({ type }) => type === "call");
  if (!call) return effects;
  const headers = { "content-type": "application/json" };
  return handle(conversation, { type: "callFinished", id: call.id, status: verify(call.headers.Authorization), headers, body: '{"ok":true}', now });
}

function handle(conversation, event) {
  const turn = conversation.handle(event);
  if ("rejected" in turn) throw new Error(`rejected: ${turn.rejected}`);
  return turn.effects;
}

export function messages(effects) {
  const said = effects.filter(({ type }) => type === "say").map(({ message }) => message.text);
  const asked = effects.find(({ type, kind }) => type === "ask" && kind === "choice");
  if (asked) said.push({ text: said.pop(), options: asked.options.map(({ label }) => label) });
  if (effects.some(({ type }) => type === "finish")) said.push("(end)");
  return said;
}

export const snapshot = (conversation) => conversation.snapshot();
export const restore = (bot, text) => restoreConversation(bot, text, { now }).conversation;

/** The memory of the instances that were made last: the engine keeps its conversations there. */
let memory;
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (module, imports) => {
  const made = await instantiate(module, imports);
  memory = Object.values((made.instance ?? made).exports).find((value) => value instanceof WebAssembly.Memory);
  return made;
};
export const linearBytes = () => memory.buffer.byteLength;
