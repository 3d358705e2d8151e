/** Results of conversation tests, for people and for programs. */
import type { Json } from "../../protocol.js";
import { printable, type Paint } from "../terminal.js";
import { isUnder, percentOf, type BotCoverage } from "./coverage.js";
import { differences, wordDifference } from "./difference.js";
import type { Outcome } from "./outcome.js";
import type { Failure, Result } from "./run-conversation.js";

const mostLines = 60;
const mostDifferences = 10;
/** A longer value is cut: what matters of it stands among the differences. */
const longestValue = 600;
/** What is shorter can be compared by eye. */
const shortValue = 60;

/** Everything that helps to see why a conversation failed. */
export function failureLines({ file, name, mode }: Result, failure: Failure, paint: Paint): string[] {
  const { place, step, content, message, expected, came, status, lines } = failure;
  return [
    "",
    `${paint("red", "FAIL")} ${paint("bold", `${printable(file)}:${place.line}:${place.column}`)}`,
    `  ${printable(JSON.stringify(name))}${mode === "everyReload" ? " (with a reload before every step)" : ""}`,
    step === null ? "  at the end" : `  step ${step}: ${shown(content)}`,
    "",
    `  ${indented(message)}`,
    ...valueLines(expected, came, paint),
    ...differenceLines(failure).map((line) => `    ${indented(line, "      ")}`),
    "",
    `  ${paint("dim", "status:")} ${printable(status)}`,
    `  ${paint("dim", "so far:")}`,
    ...(lines.length > mostLines ? [`    … ${lines.length - mostLines} lines before`] : []),
    ...lines.slice(-mostLines).map((line) => `    ${indented(line, "      ")}`),
  ];
}

function indented(text: string, by = "  "): string {
  return printable(text).replaceAll("\n", `\n${by}`);
}

function shown(value: Json): string {
  const text = printable(JSON.stringify(value));
  return text.length > longestValue ? `${text.slice(0, longestValue).replace(/[\ud800-\udbff]$/, "")} …` : text;
}

/** What was expected and what came, of which one may be nothing; none where the message says it all. */
function valueLines(expected: Json | undefined, came: Json | undefined, paint: Paint): string[] {
  if (expected === undefined && came === undefined) return [];
  return [`    expected ${paint("green", orNothing(expected))}`, `    came     ${paint("red", orNothing(came))}`];
}

/** Where two values differ that are too long to be compared by eye. */
function differenceLines({ expected, came, measure }: Failure): string[] {
  const long = [expected, came].every((value) => value !== undefined) && JSON.stringify([expected, came]).length > 2 * shortValue;
  if (!long) return [];
  if (typeof expected === "string" && typeof came === "string") return [`differs  ${wordDifference(expected, came)}`];
  const all = differences(expected, came, measure);
  if (all.some(({ where }) => where === "")) return [];
  const more = all.length > mostDifferences ? [`… and at ${all.length - mostDifferences} more places`] : [];
  return [...all.slice(0, mostDifferences).map((one) => `at ${one.where}: expected ${orNothing(one.expected)}, came ${orNothing(one.came)}`), ...more];
}

function orNothing(value: Json | undefined): string {
  return value === undefined ? "nothing" : shown(value);
}

/** What no conversation reached, line by line, and the figure of each bot. */
export function coverageLines(bots: readonly BotCoverage[], threshold: number | null, paint: Paint): string[] {
  return bots.flatMap((bot) => [...unreachedLines(bot, paint), figureLine(bot, threshold, paint), ""]);
}

function unreachedLines({ bot, unreached }: BotCoverage, paint: Paint): string[] {
  if (unreached.length === 0) return [];
  const rows = unreached.map(({ where, line, column, type, dialog }) =>
    [`${bot}:${line}:${column}`, type, dialog === null ? "the settings" : JSON.stringify(dialog), where].map(printable));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map(([place = "", type = "", dialog = "", where = ""]) =>
    `  ${place.padEnd(widths[0]!)}  ${type.padEnd(widths[1]!)}  in ${dialog.padEnd(widths[2]!)}  ${paint("dim", where)}`);
  return [paint("bold", "Not reached:"), ...lines];
}

function figureLine(bot: BotCoverage, threshold: number | null, paint: Paint): string {
  const figure = `${printable(bot.bot)}: ${percentOf(bot)} % reached, ${bot.reached} of ${bot.total} elements and branches`;
  return threshold !== null && isUnder(bot, threshold) ? paint("red", `${figure}: less than ${threshold} %`) : figure;
}

/** `12 passed, 0 failed` */
export function summaryOf(results: readonly Result[]): string {
  const failed = results.filter(({ failure }) => failure).length;
  return `${results.length - failed} passed, ${failed} failed`;
}

/** Everything, for programs. */
export function jsonReport({ results, unusable, coverage, threshold }: Outcome): string {
  const failed = results.filter(({ failure }) => failure).length;
  const conversations = results.map(({ failure, ...result }) => ({ ...result, failure: failure && failureForPrograms(failure) }));
  const reached = coverage && { coverage: coverage.map(coverageForPrograms), ...(threshold === null ? {} : { coverageThreshold: threshold }) };
  return JSON.stringify({ passed: results.length - failed, failed, unusable, conversations, ...reached }, null, 2);
}

function failureForPrograms({ place, content, lines, measure: _, ...rest }: Failure) {
  return { ...place, ...rest, content, transcript: lines };
}

function coverageForPrograms({ unreached, ...bot }: BotCoverage) {
  return { ...bot, percent: percentOf({ unreached, ...bot }), unreached };
}
