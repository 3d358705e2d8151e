/** `latchkey test`: runs the conversations of files. */
import type { Arguments, Command } from "./arguments.js";
import { exitStatus } from "./refusal.js";
import { painterFor } from "./terminal.js";
import { readConversationFile, UnusableFile, type ConversationFile } from "./test/conversation-file.js";
import { failureLines, jsonReport, summaryOf } from "./test/report.js";
import { runConversation, type Mode, type Result } from "./test/run-conversation.js";

export const test: Command = {
  summary: "Runs the conversations in files and says which do not come out as written.",
  operands: "bank.conversations.json [more.json …]",
  many: true,
  options: {
    filter: { value: "TEXT", help: "runs only conversations whose name contains TEXT, in capitals or not" },
    "every-reload": { help: "runs each again, with a reload of the page before every step" },
    json: { help: "reports for programs" },
  },
  notes: ["The exit status is 1 when a conversation fails, 2 when a file cannot be run or no conversation was found."],
  run: testFiles,
};

interface Unusable { file: string; lines: string[] }

async function testFiles(given: Arguments): Promise<number> {
  const asJson = given.flag("json");
  const paint = painterFor(process.stdout);
  const results: Result[] = [];
  const unusable: Unusable[] = [];
  for (const file of given.files) {
    const read = await readConversationFile(file, painterFor(asJson ? {} : process.stderr)).catch((error: unknown) => asUnusable(file, error));
    if ("lines" in read) {
      unusable.push(read);
      if (!asJson) console.error(read.lines.join("\n"));
      continue;
    }
    for await (const result of resultsOf(read, given)) {
      results.push(result);
      if (!asJson && result.failure) console.log(failureLines(result, result.failure, paint).join("\n"));
    }
  }
  if (asJson) console.log(jsonReport(results, unusable));
  else conclude(results, unusable, given.value("filter"));
  if (unusable.length > 0 || results.length === 0) return exitStatus.unusable;
  return results.some(({ failure }) => failure) ? exitStatus.bad : exitStatus.good;
}

function asUnusable(file: string, error: unknown): Unusable {
  if (error instanceof UnusableFile) return { file, lines: error.lines };
  throw error;
}

/** Every conversation that the filter lets through, in every mode asked for. */
async function* resultsOf(file: ConversationFile, given: Arguments): AsyncGenerator<Result> {
  const wanted = (given.value("filter") ?? "").toLowerCase();
  const modes: Mode[] = given.flag("every-reload") ? ["straight", "everyReload"] : ["straight"];
  for (const [index, { name }] of file.conversations.entries()) {
    if (!name.toLowerCase().includes(wanted)) continue;
    for (const mode of modes) yield runConversation(file, index, mode);
  }
}

function conclude(results: readonly Result[], unusable: readonly Unusable[], filter: string | undefined): void {
  if (results.some(({ failure }) => failure)) console.log("");
  if (results.length === 0 && unusable.length === 0) {
    console.error(filter === undefined ? "There is no conversation in it." : `No conversation's name contains "${filter}".`);
  }
  if (unusable.length > 0) console.error(unusable.length === 1 ? "1 file could not be run" : `${unusable.length} files could not be run`);
  console.log(summaryOf(results));
}
