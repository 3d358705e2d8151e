/** Results of conversation tests, for people and for programs. */
import type { Json } from "../../protocol.js";
import { printable, type Paint } from "../terminal.js";
import type { Failure, Result } from "./run-conversation.js";

const mostLines = 60;

/** Everything that helps to see why a conversation failed. */
export function failureLines({ file, name, mode }: Result, failure: Failure, paint: Paint): string[] {
  const { place, step, content, message, expected, came, status, lines } = failure;
  const how = mode === "everyReload" ? " (with a reload before every step)" : "";
  return [
    "",
    `${paint("red", "FAIL")} ${paint("bold", `${printable(file)}:${place.line}:${place.column}`)}`,
    `  ${printable(JSON.stringify(name))}${how}`,
    step === null ? "  at the end" : `  step ${step}: ${printable(JSON.stringify(content))}`,
    "",
    `  ${indented(message)}`,
    ...valueLine("expected", expected, (text) => paint("green", text)),
    ...valueLine("came    ", came, (text) => paint("red", text)),
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

function valueLine(name: string, value: Json | undefined, paint: (text: string) => string): string[] {
  return value === undefined ? [] : [`    ${name} ${paint(printable(JSON.stringify(value)))}`];
}

/** `12 passed, 0 failed` */
export function summaryOf(results: readonly Result[]): string {
  const failed = results.filter(({ failure }) => failure).length;
  return `${results.length - failed} passed, ${failed} failed`;
}

/** Everything, for programs. */
export function jsonReport(results: readonly Result[], unusable: readonly { file: string; lines: string[] }[]): string {
  const failed = results.filter(({ failure }) => failure).length;
  const conversations = results.map(({ failure, ...result }) => ({ ...result, failure: failure && failureForPrograms(failure) }));
  return JSON.stringify({ passed: results.length - failed, failed, unusable, conversations }, null, 2);
}

function failureForPrograms({ place, content, lines, ...rest }: Failure) {
  return { ...place, ...rest, content, transcript: lines };
}
