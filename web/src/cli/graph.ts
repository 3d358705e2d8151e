/** `latchkey graph`: a picture of a bot's dialogs. */
import type { Json } from "../protocol.js";
import type { Arguments, Command } from "./arguments.js";
import { BadBot, loadBotFile } from "./bot-file.js";
import { graphOf } from "./graph/dialog-graph.js";
import { mermaidOf } from "./graph/mermaid.js";
import { svgOf } from "./graph/svg.js";
import { problemLines } from "./problems.js";
import { exitStatus, Refusal } from "./refusal.js";
import { painterFor } from "./terminal.js";
import { writeText } from "./write-text.js";

/** These take a few seconds to lay out, and a wall to hang them on. */
const mostDialogs = 500;

export const graph: Command = {
  summary: "Draws the dialogs of a bot and what leads from one to the other.",
  operands: "bot.json",
  many: false,
  options: {
    mermaid: { value: "FILE", help: "writes the graph to FILE as Mermaid text" },
    svg: { value: "FILE", help: "writes the graph to FILE as an SVG picture" },
  },
  notes: ["Without an option it prints Mermaid text. A bot with errors is not drawn: they are printed, and the exit status is 1."],
  run: drawGraph,
};

async function drawGraph(given: Arguments): Promise<number> {
  const text = await textOf(given.files[0]!);
  if (text === null) return exitStatus.bad;
  const dialogs = graphOf(JSON.parse(text) as Json);
  const mermaid = given.value("mermaid");
  const svg = given.value("svg");
  const count = dialogs.nodes.filter(({ id }) => id !== null).length;
  if (svg !== undefined && count > mostDialogs) throw new Refusal(`A picture of ${count} dialogs cannot be read; ${mostDialogs} are the most. Mermaid text takes any number.`);
  if (mermaid !== undefined) await writeText(mermaid, mermaidOf(dialogs));
  if (svg !== undefined) await writeText(svg, svgOf(dialogs));
  if (mermaid === undefined && svg === undefined) process.stdout.write(mermaidOf(dialogs));
  return exitStatus.good;
}

/** The text of a bot that loads, or null after its problems were printed. */
async function textOf(file: string): Promise<string | null> {
  try {
    return (await loadBotFile(file)).text;
  } catch (error) {
    if (!(error instanceof BadBot)) throw error;
    for (const line of problemLines(error.checked, painterFor(process.stderr))) console.error(line);
    return null;
  }
}
