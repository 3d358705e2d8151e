/** The problems of a bot file as lines for people. */
import { checkBot, type Problem } from "../engine.js";
import { findPlaces, type Place } from "./json-place.js";
import { readText } from "./read-text.js";
import { printable, type Paint } from "./terminal.js";

export interface CheckedFile { file: string; text: string; problems: Problem[] }

/** Reads and checks a bot file. @throws Refusal when it cannot be read. */
export async function checkFile(file: string): Promise<CheckedFile> {
  const text = await readText(file);
  return { file, text, problems: await checkBot(text) };
}

/** These are about the key; all others are about the value. */
const aboutKeys = new Set(["unknownField", "duplicateKey"]);

/** Two lines for each problem, in the order of the file: `bot.json:12:40 error unknownDialog at /dialogs/0/…`, and what to do. */
export function problemLines({ file, text, problems }: CheckedFile, paint: Paint): string[] {
  const places = findPlaces(text, problems.map(({ where }) => where));
  const placed = problems.map((problem) => ({
    problem,
    place: placeInMessage(problem) ?? places(problem.where, aboutKeys.has(problem.code) ? "key" : "value"),
  }));
  placed.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  return placed.flatMap(({ problem: { severity, code, where, message }, place: { line, column } }) => [
    `${paint("bold", `${printable(file)}:${line}:${column}`)} ${paint(severity === "error" ? "red" : "yellow", severity)} ${code} at ${printable(where) || "the top"}`,
    `  ${printable(message)}`,
  ]);
}

/** A text that is not JSON has no pointers: the message says where. */
function placeInMessage({ code, message }: Problem): Place | null {
  const [, line, column] = (code === "jsonSyntax" && /line (\d+), column (\d+)/.exec(message)) || [];
  return line && column ? { line: Number(line), column: Number(column) } : null;
}

/** "2 errors, 1 warning", or "no problems". */
export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const counts = [counted(errors, "error"), counted(warnings, "warning")].filter((count) => count !== null);
  return counts.join(", ") || "no problems";
}

function counted(count: number, word: string): string | null {
  return count === 0 ? null : `${count} ${word}${count === 1 ? "" : "s"}`;
}
