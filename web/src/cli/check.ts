/** `latchkey check`: everything that is wrong with bot files. */
import type { Arguments, Command } from "./arguments.js";
import { checkFile, countProblems, problemLines } from "./problems.js";
import { exitStatus, Refusal } from "./refusal.js";
import { painterFor, printable } from "./terminal.js";
import type { Problem } from "../protocol.js";

export const check: Command = {
  summary: "Says everything that is wrong with bot files: where, what, and how to mend it.",
  operands: "bot.json [more.json …]",
  many: true,
  options: {},
  notes: ["The exit status is 1 when there is an error, 0 when there are only warnings, 2 when a file cannot be read."],
  run: checkFiles,
};

async function checkFiles({ files }: Arguments): Promise<number> {
  const paint = painterFor(process.stdout);
  const all: Problem[] = [];
  let unreadable = 0;
  for (const file of files) {
    try {
      const checked = await checkFile(file);
      for (const line of problemLines(checked, paint)) console.log(line);
      all.push(...checked.problems);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      console.error(`latchkey: ${printable(error.message)}`);
      unreadable++;
    }
  }
  const read = files.length - unreadable;
  if (read > 0) console.log(`${read === 1 ? "1 file" : `${read} files`} checked: ${countProblems(all)}`);
  if (unreadable > 0) return exitStatus.unusable;
  return all.some(({ severity }) => severity === "error") ? exitStatus.bad : exitStatus.good;
}
