/** What a large bot costs: one of 10,000 dialogs beside one of 10, in one process and by turns. */
import { loadBot, startConversation } from "../../web/dist/engine.js";
import { countCpu } from "./cpu.mjs";
import { median } from "./median.mjs";
import { figures, milliseconds, ratio } from "./table.mjs";

const large = 10_000, small = 10;
const loads = 7;
const rounds = 31;
const roundMs = 40;
const now = Date.parse("2026-01-05T09:00:00Z");

/** A bot of `count` dialogs with a text, conditions and a menu each. Ten choices of "Next" lead all through it and back to its first dialog. */
function writeBot(count) {
  const id = (index) => `topic_${String(index % count).padStart(5, "0")}`;
  const goTo = (dialog) => [{ type: "toDialog", dialog }];
  const topic = (index) => ({
    id: id(index),
    elements: [
      { type: "text", text: `This is about ${id(index)}, {{ name }}.` },
      { type: "conditions",
        branches: [{ if: { attribute: "visits", greaterThan: index }, elements: [{ type: "text", text: "You know it already." }] }],
        else: [{ type: "text", text: "It is new to you." }] },
      { type: "userInput", text: "Where to?",
        branches: [
          { label: "Next", elements: goTo(id(index + count / 10)) },
          { label: "Beside it", elements: goTo(id(index + 1)) },
          { label: "Goodbye", elements: [{ type: "closeSession" }] } ] },
    ],
  });
  return JSON.stringify({
    latchkey: 1,
    id: "scale",
    attributes: [{ name: "name", type: "text", default: "Ann" }, { name: "visits", type: "number", default: 0 }],
    dialogs: [{ id: "default", elements: goTo(id(0)) }, ...Array.from({ length: count - 1 }, (_, index) => topic(index)), topic(count - 1)],
  });
}

async function loadMs(text) {
  const times = [];
  for (let i = 0; i < loads; i++) {
    const loading = countCpu();
    await loadBot(text);
    times.push(loading() / 1000);
  }
  return median(times);
}

/** Microseconds of a turn, over conversations of `roundMs`. */
function turnUs(bot) {
  const started = performance.now(), talking = countCpu();
  let turns = 0;
  while (performance.now() - started < roundMs) {
    const { conversation } = startConversation(bot, { now, conversationId: "bench", seed: 1 });
    for (let i = 0; i < 10; i++) {
      const turn = conversation.handle({ type: "optionChosen", value: "Next", now });
      if ("rejected" in turn) throw new Error(`rejected: ${turn.rejected}`);
    }
    turns += 11;
  }
  return talking() / turns;
}

async function compareTurns(texts) {
  const [inSmall, inLarge] = [await loadBot(texts.small), await loadBot(texts.large)];
  const ratios = [];
  for (let round = 0; round < rounds; round++) {
    const before = turnUs(inSmall);
    ratios.push(turnUs(inLarge) / before);
    await new Promise(setImmediate);
  }
  return median(ratios.slice(rounds >> 2)); // the first quarter warms up
}

export async function measureScale() {
  const texts = { small: writeBot(small), large: writeBot(large) };
  return figures([
    [`a bot of 10,000 dialogs (${(texts.large.length / 1e6).toFixed(1)} MB) loaded with all checks`, await loadMs(texts.large), milliseconds, 300],
    ["a turn in it, against a turn in a bot of 10 dialogs", await compareTurns(texts), (value) => `${ratio(value)} ×`, 1.1],
  ]);
}
