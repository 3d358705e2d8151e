/** The words after a command's name. */
import { parseArgs } from "node:util";
import { suggestion } from "../nearest.js";
import { Refusal } from "./refusal.js";

export interface OptionSpec {
  /** what its value is called in the help; an option without one is on or off */
  value?: string;
  help: string;
}

export interface Arguments {
  files: string[];
  flag(name: string): boolean;
  value(name: string): string | undefined;
}

/** A command of the command line, in the words of its help. */
export interface Command {
  summary: string;
  /** its files, as in "bot.json [more.json …]" */
  operands: string;
  /** takes more than one file */
  many: boolean;
  options: Record<string, OptionSpec>;
  /** more about it, line by line */
  notes: string[];
  /** Does it; returns the exit status. */
  run(given: Arguments): Promise<number>;
}

/** What every command takes besides. */
const common: Record<string, OptionSpec> = { help: { help: "says this" } };

/** Reads the words that follow the command `name`. @throws Refusal for what it does not take. */
export function readArguments(name: string, command: Command, words: string[]): Arguments {
  const specs = { ...common, ...command.options };
  const { tokens } = parseArgs({
    args: words,
    options: Object.fromEntries(Object.entries(specs).map(([option, spec]) => [option, typeOf(option, spec)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const files: string[] = [];
  const values = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === "positional") files.push(token.value);
    else if (token.kind === "option") values.set(token.name, optionValue(name, token, specs));
  }
  const flag = (option: string) => values.has(option);
  if (!flag("help")) refuseCount(name, command, files);
  return { files, flag, value: (option) => values.get(option) };
}

function typeOf(option: string, spec: OptionSpec) {
  return { type: spec.value ? "string" as const : "boolean" as const, ...(option === "help" ? { short: "h" } : {}) };
}

interface OptionToken { name: string; rawName: string; value: string | undefined; inlineValue: boolean | undefined }

function optionValue(command: string, { name, rawName, value, inlineValue }: OptionToken, specs: Record<string, OptionSpec>): string {
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
  if (!spec) throw new Refusal(`${command} has no option ${rawName}${suggestion(rawName, Object.keys(specs).map((known) => `--${known}`))}`);
  if (!spec.value) {
    if (inlineValue) throw new Refusal(`${rawName} takes no value.`);
    return "";
  }
  // What looks like an option was most likely meant as one; --name=-value says otherwise.
  if (value === undefined || (!inlineValue && value.startsWith("-"))) throw new Refusal(`${rawName} needs a value: ${rawName}=${spec.value}.`);
  return value;
}

function refuseCount(name: string, command: Command, files: string[]): void {
  const usage = `Usage: latchkey ${name} ${command.operands}`;
  if (files.length === 0) throw new Refusal(`${name} needs a file. ${usage}`);
  if (files.length > 1 && !command.many) throw new Refusal(`${name} takes one file. ${usage}`);
}

/** The help of one command. */
export function helpOf(name: string, command: Command): string {
  const options = Object.entries({ ...command.options, ...common }).map(([option, { value, help }]): [string, string] =>
    [`--${option}${value ? ` ${value}` : ""}`, help]);
  return [
    `Usage: latchkey ${name} ${command.operands}${Object.keys(command.options).length ? " [options]" : ""}`,
    "", command.summary, ...command.notes,
    "", "Options:", ...columns(options),
  ].join("\n");
}

/** Pairs in two columns. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
