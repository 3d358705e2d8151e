/**
 * Measures what docs/performance.md says, and prints it. Words name the parts to measure: all of them without a word.
 * `--write` puts what was measured into that file. A figure over its bound is marked; the exit status does not depend on
 * times.
 */
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { measureEngine } from "./engine.mjs";
import { measureBytes, measurePages } from "./page.mjs";
import { measurePeers } from "./peers.mjs";
import { measureScale } from "./scale.mjs";
import { measureTranscript } from "./transcript.mjs";

const parts = { engine: measureEngine, scale: measureScale, peers: measurePeers, bytes: measureBytes, pages: measurePages, transcript: measureTranscript };

const words = process.argv.slice(2);
const unknown = words.find((word) => word !== "--write" && !Object.hasOwn(parts, word));
if (unknown !== undefined) {
  console.error(`bench: unknown word "${unknown}". Usage: script/bench [--write] [${Object.keys(parts).join("] [")}]`);
  process.exit(2);
}
const named = words.filter((word) => word !== "--write");

const file = new URL("../../docs/performance.md", import.meta.url);
const measured = `Measured on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.versions.node}.`;
for (const part of named.length > 0 ? named : Object.keys(parts)) {
  const figures = `${measured}\n\n${await parts[part]()}`;
  console.log(`\n${part}: ${figures}`);
  if (words.includes("--write")) await put(part, figures);
}

/** Puts figures between the marks of their part: `<!-- peers -->` and `<!-- end -->`. */
async function put(part, figures) {
  const text = await readFile(file, "utf8");
  const between = new RegExp(`(<!-- ${part} -->\n)[^]*?(<!-- end -->)`);
  if (!between.test(text)) throw new Error(`docs/performance.md has no place for "${part}".`);
  await writeFile(file, text.replace(between, (_, open, close) => `${open}\n${figures}\n${close}`));
}
