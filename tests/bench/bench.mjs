/**
 * Measures what docs/performance.md says, and prints it as a table. `--write` puts the table into that file.
 * A figure over its bound is marked; the exit status does not depend on times.
 */
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { measureEngine } from "./engine.mjs";
import { measureBytes, measurePage } from "./page.mjs";

const parts = [
  ["The engine in Node (WebAssembly build, JSON in and out)", measureEngine],
  ["Bytes of a page (brotli)", measureBytes],
  ["In Chromium at 1.6 Mbit/s, 150 ms, CPU slowed four times, nothing cached (median of 7)", measurePage],
];
const number = (value) => (value === "" ? "" : value >= 100 ? value.toFixed(0) : value.toFixed(2));

let table = `Measured on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.versions.node}.\n`;
for (const [title, measure] of parts) {
  table += `\n**${title}**\n\n| what | figure | at most |\n|---|---|---|\n`;
  for (const [what, value, unit, most] of await measure()) {
    const over = most !== "" && value > most ? " (over)" : "";
    table += `| ${what} | ${number(value)} ${unit}${over} | ${most === "" ? "" : `${most} ${unit}`} |\n`;
  }
}
console.log(table);

if (process.argv.includes("--write")) {
  const file = new URL("../../docs/performance.md", import.meta.url);
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/(<!-- figures -->\n)[^]*(<!-- end of figures -->)/, (_, open, close) => `${open}\n${table}\n${close}`));
}
