/** Times the engine in Node, JSON in and out, as a host uses it. */
import { readFile } from "node:fs/promises";
import { loadBot, restoreConversation, startConversation } from "../../web/dist/engine.js";
import { median } from "./median.mjs";

const now = Date.parse("2026-01-05T09:00:00Z");

/** The tutorial's conversation: a wrong ID, the right one, ten choices of a menu, the end. Returns the number of turns and the snapshot at the menu. */
function talk(bot) {
  const { conversation } = startConversation(bot, { now, conversationId: "bench", seed: 1 });
  let turns = 1;
  const handle = (event) => {
    turns++;
    const turn = conversation.handle({ ...event, now });
    if ("rejected" in turn) throw new Error(`rejected: ${turn.rejected}`);
    return turn.effects;
  };
  const answer = (text, status) => {
    const call = handle({ type: "textEntered", text }).find(({ type }) => type === "call");
    handle({ type: "callFinished", id: call.id, status, headers: { "content-type": "application/json" }, body: "{\"ok\":true}" });
  };
  answer("C-9999", 401);
  handle({ type: "optionChosen", value: "Try again" });
  answer("C-1001", 200);
  for (let i = 0; i < 10; i++) handle({ type: "optionChosen", value: i % 2 ? "Balance" : "Payments" });
  const snapshot = conversation.snapshot();
  handle({ type: "optionChosen", value: "Goodbye" });
  return { turns, snapshot };
}

function microsecondsPer(work, count, runs = 31) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    let done = 0;
    for (let i = 0; i < count; i++) done += work();
    times.push(((performance.now() - started) * 1000) / done);
  }
  return median(times);
}

/** Rows of [what, value, unit, most that is allowed or ""]. */
export async function measureEngine() {
  const text = await readFile(new URL("./bot.json", import.meta.url), "utf8");
  const wasm = await WebAssembly.compile(await readFile(new URL("../../web/dist/latchkey.wasm", import.meta.url)));
  const bot = await loadBot(text, { wasm });
  microsecondsPer(() => talk(bot).turns, 300, 10); // warm-up
  const turn = microsecondsPer(() => talk(bot).turns, 300);
  const { snapshot } = talk(bot);
  const { conversation } = restoreConversation(bot, snapshot, { now });
  const write = microsecondsPer(() => (conversation.snapshot(), 1), 2000);
  const read = microsecondsPer(() => (restoreConversation(bot, snapshot, { now }), 1), 500);
  const cold = [];
  for (let i = 0; i < 31; i++) {
    const started = performance.now();
    const fresh = await loadBot(text, { wasm });
    startConversation(fresh, { now, conversationId: "bench", seed: 1 });
    cold.push(performance.now() - started);
  }
  return [
    ["a turn of the tutorial's conversation", turn, "µs", 15],
    ["a snapshot at the menu, written", write, "µs", ""],
    ["the same, read", read, "µs", ""],
    ["a snapshot at the menu", snapshot.length, "bytes", ""],
    ["bot file to first message, module compiled", median(cold), "ms", ""],
  ];
}
