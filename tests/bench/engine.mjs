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
  const engine = await startEngine("latchkey");
  const turns = await times(samples, () => engine.ask("sample"));
  const memory = await engine.ask("memory");
  const snapshot = await engine.ask("snapshot");
  engine.end();
  const starts = await times(coldStarts, () => startCold("latchkey"));
  return figures([
    ["a turn of the user, what the bot's API answers included", middle(turns, "turnUs"), microseconds, 5],
    ["turns a second", middle(turns, "turnsPerSecond"), whole],
    ["a live conversation at the menu", memory, bytes, 2048],
    ["its snapshot", snapshot.bytes, bytes, 512],
    ["the snapshot written", snapshot.writtenUs, microseconds, 20],
    ["the snapshot read", snapshot.readUs, microseconds, 20],
    ["bot file to first message in a fresh process, WebAssembly read and compiled", middle(starts, "firstMessageMs"), milliseconds, 15],
    ["loading the engine's JavaScript, apart", middle(starts, "modulesMs"), milliseconds],
  ]);
}
