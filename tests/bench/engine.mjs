/** Our engine in Node over its public interface, in a process of its own: the figures that have goals. */
import { startCold, startEngine } from "./engine-process.mjs";
import { median } from "./median.mjs";
import { bytes, figures, microseconds, milliseconds, whole } from "./table.mjs";

const samples = 15;
const coldStarts = 7;

const times = async (count, work) => {
  const results = [];
  for (let i = 0; i < count; i++) results.push(await work());
  return results;
};
const middle = (list, key) => median(list.map((item) => item[key]));

export async function measureEngine() {
  const engine = await startEngine("latchkey"), ofTexts = await startEngine("latchkey-text");
  const turns = [], textTurns = [];
  for (let i = 0; i < samples; i++) {
    turns.push(await engine.ask("sample"));
    textTurns.push(await ofTexts.ask("sample"));
  }
  const memory = await engine.ask("memory");
  const snapshot = await engine.ask("snapshot");
  engine.end();
  ofTexts.end();
  const starts = await times(coldStarts, () => startCold("latchkey"));
  return figures([
    ["a turn of the user, JSON text in and out, what the bot's API answers included", middle(textTurns, "turnUs"), microseconds, 5],
    ["turns a second, JSON text in and out (at least 200,000)", middle(textTurns, "turnsPerSecond"), whole],
    ["a turn with its event written and its effects parsed", middle(turns, "turnUs"), microseconds],
    ["turns a second of that kind", middle(turns, "turnsPerSecond"), whole],
    ["a live conversation at the menu", memory, bytes, 2048],
    ["its snapshot", snapshot.bytes, bytes, 512],
    ["the snapshot written", snapshot.writtenUs, microseconds, 20],
    ["the snapshot read", snapshot.readUs, microseconds, 20],
    ["bot file to first message in a fresh process, WebAssembly read and compiled", middle(starts, "firstMessageMs"), milliseconds, 15],
    ["loading the engine's JavaScript, apart", middle(starts, "modulesMs"), milliseconds],
  ]);
}
