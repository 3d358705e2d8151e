/** `latchkey check`: everything that is wrong with bot files. */
import type { Arguments, Command } from "./arguments.js";
import { checkFile, countProblems, problemLines, problemsForPrograms, type CheckedFile } from "./problems.js";
import { exitStatus, Refusal } from "./refusal.js";
import { painterFor, printable } from "./terminal.js";

export const check: Command = {
  summary: "Says everything that is wrong with bot files: where, what, and how to mend it.",
  operands: "bot.json [more.json …]",
  many: true,
  options: { json: { help: "reports for programs, such as editors" } },
  notes: ["The exit status is 1 when there is an error, 0 when there are only warnings, 2 when a file cannot be read."],
  run: checkFiles,
};

interface Unreadable { file: string; unreadable: string }

async function checkFiles(given: Arguments): Promise<number> {
  const asJson = given.flag("json");
  const files: (CheckedFile | Unreadable)[] = [];
  for (const file of given.files) {
    const checked = await checkFile(file).catch((error: unknown) => asUnreadable(file, error));
    files.push(checked);
    if (!asJson) print(checked);
  }
  if (asJson) console.log(JSON.stringify(files.map(forPrograms), null, 2));
  else conclude(files.filter(isChecked));
  return statusOf(files);
}

function asUnreadable(file: string, error: unknown): Unreadable {
  if (error instanceof Refusal) return { file, unreadable: error.message };
  throw error;
}

function isChecked(file: CheckedFile | Unreadable): file is CheckedFile {
  return !("unreadable" in file);
}

function print(file: CheckedFile | Unreadable): void {
  if (!isChecked(file)) return console.error(`latchkey: ${printable(file.unreadable)}`);
  for (const line of problemLines(file, painterFor(process.stdout))) console.log(line);
}

function forPrograms(file: CheckedFile | Unreadable) {
  return isChecked(file) ? { file: file.file, problems: problemsForPrograms(file) } : { ...file, problems: [] };
}

function conclude(checked: readonly CheckedFile[]): void {
  const problems = checked.flatMap(({ problems }) => problems);
  if (checked.length > 0) console.log(`${checked.length === 1 ? "1 file" : `${checked.length} files`} checked: ${countProblems(problems)}`);
}

function statusOf(files: readonly (CheckedFile | Unreadable)[]): number {
  if (!files.every(isChecked)) return exitStatus.unusable;
  const bad = files.some(({ problems }) => problems.some(({ severity }) => severity === "error"));
  return bad ? exitStatus.bad : exitStatus.good;
}
