/** Results of conversation tests as JUnit XML, in the form that CI servers agree on. */
import { xmlAttributes, xmlText } from "../xml.js";
import type { Outcome, Unusable } from "./outcome.js";
import { failureLines } from "./report.js";
import type { Failure, Result } from "./run-conversation.js";

/** The report: a testsuite for each file, one that cannot be run among them. */
export function junitReport({ results, unusable }: Outcome): string {
  const files = new Set(results.map(({ file }) => file));
  const counts = { tests: results.length + unusable.length, failures: failed(results), errors: unusable.length, time: seconds(results) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="latchkey"${xmlAttributes(counts)}>`,
    ...[...files].map((name) => suite(name, results.filter(({ file }) => file === name))),
    ...unusable.map(unusableSuite),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(file: string, results: readonly Result[]): string {
  const counts = { name: file, tests: results.length, failures: failed(results), errors: 0, skipped: 0, time: seconds(results) };
  return [`  <testsuite${xmlAttributes(counts)}>`, ...results.map(testcase), "  </testsuite>"].join("\n");
}

function testcase(result: Result): string {
  const { file, name, mode, failure } = result;
  const shown = mode === "everyReload" ? `${name} (with a reload before every step)` : name;
  const attributes = xmlAttributes({ name: shown, classname: classOf(file), file, line: failure?.place.line, time: seconds([result]) });
  if (!failure) return `    <testcase${attributes}/>`;
  return [`    <testcase${attributes}>`, `      ${failureElement(result, failure)}`, "    </testcase>"].join("\n");
}

function failureElement(result: Result, failure: Failure): string {
  const { step, message } = failure;
  const where = step === null ? "at the end" : `step ${step}`;
  const [, ...lines] = failureLines(result, failure, (_, text) => text);
  return `<failure${xmlAttributes({ message: `${where}: ${message}`, type: "Mismatch" })}>${xmlText(lines.join("\n"))}</failure>`;
}

/** A file that cannot be run is one test with an error. */
function unusableSuite({ file, lines }: Unusable): string {
  const [message = ""] = lines;
  return [
    `  <testsuite${xmlAttributes({ name: file, tests: 1, failures: 0, errors: 1, skipped: 0, time: "0" })}>`,
    `    <testcase${xmlAttributes({ name: "the file can be run", classname: classOf(file), file, time: "0" })}>`,
    `      <error${xmlAttributes({ message, type: "UnusableFile" })}>${xmlText(lines.join("\n"))}</error>`,
    "    </testcase>",
    "  </testsuite>",
  ].join("\n");
}

/** `tests.bank` for `../tests/bank.conversations.json`: servers take the dots for packages. */
function classOf(file: string): string {
  const parts = file.replace(/(\.conversations)?\.json$/, "").split(/[\\/]+/).filter((part) => part !== "" && part !== "." && part !== "..");
  return parts.map((part) => part.replaceAll(".", "-")).join(".");
}

function failed(results: readonly Result[]): number {
  return results.filter(({ failure }) => failure).length;
}

function seconds(results: readonly Result[]): string {
  return (results.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000).toFixed(6);
}
