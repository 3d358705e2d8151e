/** `latchkey test`: runs the conversations of files. */
import { setImmediate } from "node:timers/promises";
import type { Arguments, Command } from "./arguments.js";
import { exitStatus, Refusal } from "./refusal.js";
import { painterFor } from "./terminal.js";
import { BotFiles } from "./test/bot-files.js";
import { readConversationFile, UnusableFile, type ConversationFile } from "./test/conversation-file.js";
import { Coverage, isUnder } from "./test/coverage.js";
import { junitReport } from "./test/junit.js";
import type { Outcome, Unusable } from "./test/outcome.js";
import { coverageLines, failureLines, jsonReport, summaryOf } from "./test/report.js";
import { runConversation, type Mode, type Result } from "./test/run-conversation.js";
import { writeText } from "./write-text.js";

const conversationsAtOnce = 500;

export const test: Command = {
  summary: "Runs the conversations in files and says which do not come out as written.",
  operands: "bank.conversations.json [more.json …]",
  many: true,
  options: {
    filter: { value: "TEXT", help: "runs only conversations whose name contains TEXT, in capitals or not" },
    "every-reload": { help: "runs each again, with a reload of the page before every step" },
    coverage: { help: "says which elements and branches of the bots no conversation reached" },
    "coverage-threshold": { value: "N", help: "the same, and fails when it is less than N per cent of a bot that they reached" },
    json: { help: "reports for programs" },
    junit: { value: "FILE", help: "writes a JUnit report to FILE besides, as CI servers read it" },
  },
  notes: [
    "The exit status is 1 when a conversation fails or too little was reached, 2 when a file cannot be run or no conversation was",
    "found.",
  ],
  run: testFiles,
};

async function testFiles(given: Arguments): Promise<number> {
  const threshold = thresholdOf(given.value("coverage-threshold"));
  const coverage = given.flag("coverage") || threshold !== null ? new Coverage() : null;
  const { results, unusable } = await runFiles(given, coverage);
  const outcome = { results, unusable, coverage: coverage && coverage.ofBots(), threshold };
  if (given.flag("json")) console.log(jsonReport(outcome));
  else conclude(outcome, given.value("filter"));
  const junit = given.value("junit");
  if (junit !== undefined) await writeText(junit, junitReport(outcome));
  return statusOf(outcome);
}

function thresholdOf(given: string | undefined): number | null {
  if (given === undefined) return null;
  if (!/^\d+(\.\d+)?$/.test(given) || Number(given) > 100) throw new Refusal("--coverage-threshold takes a number from 0 to 100.");
  return Number(given);
}

async function runFiles(given: Arguments, coverage: Coverage | null): Promise<Pick<Outcome, "results" | "unusable">> {
  const asJson = given.flag("json");
  const paint = painterFor(asJson ? {} : process.stdout);
  const bots = new BotFiles(coverage !== null);
  const results: Result[] = [];
  const unusable: Unusable[] = [];
  for (const file of given.files) {
    const read = await readConversationFile(file, (path) => bots.load(path), painterFor(asJson ? {} : process.stderr))
      .catch((error: unknown) => asUnusable(file, error));
    if ("lines" in read) {
      unusable.push(read);
      if (!asJson) console.error(read.lines.join("\n"));
      continue;
    }
    for (const result of resultsOf(read, given)) {
      results.push(result);
      coverage?.note(read.bot);
      // Conversations that are over are freed only while nothing runs.
      if (results.length % conversationsAtOnce === 0) await setImmediate();
      if (!asJson && result.failure) console.log(failureLines(result, result.failure, paint).join("\n"));
    }
  }
  return { results, unusable };
}

function asUnusable(file: string, error: unknown): Unusable {
  if (error instanceof UnusableFile) return { file, lines: error.lines };
  throw error;
}

/** Every conversation that the filter lets through, in every mode asked for. */
function* resultsOf(file: ConversationFile, given: Arguments): Generator<Result> {
  const wanted = (given.value("filter") ?? "").toLowerCase();
  const modes: Mode[] = given.flag("every-reload") ? ["straight", "everyReload"] : ["straight"];
  for (const [index, { name }] of file.conversations.entries()) {
    if (!name.toLowerCase().includes(wanted)) continue;
    for (const mode of modes) yield runConversation(file, index, mode);
  }
}

function conclude({ results, unusable, coverage, threshold }: Outcome, filter: string | undefined): void {
  if (results.some(({ failure }) => failure)) console.log("");
  for (const line of coverageLines(coverage ?? [], threshold, painterFor(process.stdout))) console.log(line);
  if (results.length === 0 && unusable.length === 0) console.error(`No conversation's name contains "${filter}".`);
  if (unusable.length > 0) console.error(unusable.length === 1 ? "1 file could not be run" : `${unusable.length} files could not be run`);
  console.log(summaryOf(results));
}

function statusOf({ results, unusable, coverage, threshold }: Outcome): number {
  if (unusable.length > 0 || results.length === 0) return exitStatus.unusable;
  const missed = coverage?.some((bot) => isUnder(bot, threshold ?? 0)) ?? false;
  return missed || results.some(({ failure }) => failure) ? exitStatus.bad : exitStatus.good;
}
