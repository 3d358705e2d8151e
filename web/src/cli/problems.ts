/** The problems of a bot file, as lines for people and as JSON for programs. */
import { checkBot, type Json, type Problem } from "../engine.js";
import { findPlaces, type Range } from "./json-place.js";
import { readText } from "./read-text.js";
import { Refusal } from "./refusal.js";
import { printable, type Paint } from "./terminal.js";
import { isObject, parseJson } from "./test/json.js";

export interface CheckedFile { file: string; text: string; problems: Problem[] }

/** Reads and checks a bot file. @throws Refusal when it cannot be read. */
export async function checkFile(file: string): Promise<CheckedFile> {
  const text = await readText(file);
  const content = parseJson(text);
  if (isObject(content) && "conversations" in content && !("latchkey" in content)) throw new Refusal(`${file}: This is a file of conversations; run it with "latchkey test".`);
  return { file, text, problems: await checkBot(text) };
}

/** A problem with its place in the text. */
export interface PlacedProblem extends Problem, Range {}

/** These are about the key; all others are about the value. */
const aboutKeys = new Set(["unknownField", "duplicateKey"]);

/** The problems in the order of the text. */
export function placedProblems({ text, problems }: CheckedFile): PlacedProblem[] {
  const places = findPlaces(text, problems.map(({ where }) => where));
  const placed = problems.map((problem) => ({
    ...problem,
    ...(placeInMessage(problem) ?? places(problem.where, aboutKeys.has(problem.code) ? "key" : "value")),
  }));
  return placed.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Two lines for each problem, in the order of the file: `bot.json:12:40 error unknownDialog at /dialogs/0/…`, and what to do. */
export function problemLines(checked: CheckedFile, paint: Paint): string[] {
  return placedProblems(checked).flatMap(({ severity, code, where, message, line, column }) => [
    `${paint("bold", `${printable(checked.file)}:${line}:${column}`)} ${paint(severity === "error" ? "red" : "yellow", severity)} ${code} at ${printable(where) || "the top"}`,
    `  ${printable(message)}`,
  ]);
}

/** The problems for programs: as the engine tells them, and where they are in the text. */
export function problemsForPrograms(checked: CheckedFile): Json {
  return placedProblems(checked).map(({ severity, code, where, message, line, column, endLine, endColumn }) =>
    ({ severity, code, where, line, column, endLine, endColumn, message }));
}

/** A text that is not JSON has no pointers: the message says where. */
function placeInMessage({ code, message }: Problem): Range | null {
  const [, line, column] = (code === "jsonSyntax" && /line (\d+), column (\d+)/.exec(message)) || [];
  if (!line || !column) return null;
  const place = { line: Number(line), column: Number(column) };
  return { ...place, endLine: place.line, endColumn: place.column };
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
