#!/usr/bin/env node
/** The command line: `latchkey check`, `chat`, `test`, `graph` and `check-api`. */
import { version } from "../../package.json";
import { columns, helpOf, readArguments, type Command } from "./arguments.js";
import { chat } from "./chat.js";
import { checkApi } from "./check-api.js";
import { check } from "./check.js";
import { graph } from "./graph.js";
import { suggestion } from "../nearest.js";
import { exitStatus, Refusal } from "./refusal.js";
import { printable } from "./terminal.js";
import { test } from "./test.js";

const commands: Record<string, Command> = { check, chat, test, graph, "check-api": checkApi };

async function run([name, ...words]: string[]): Promise<number> {
  switch (name) {
    case undefined:
      console.error(help());
      return exitStatus.unusable;
    case "--help": case "-h":
      console.log(help());
      return exitStatus.good;
    case "--version":
      console.log(`latchkey ${version}`);
      return exitStatus.good;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Refusal(unknown(name));
  const given = readArguments(name, command, words);
  if (!given.flag("help")) return command.run(given);
  console.log(helpOf(name, command));
  return exitStatus.good;
}

function unknown(name: string): string {
  if (name.startsWith("-")) return `There is no option ${name}${suggestion(name, ["--help", "--version"])}`;
  return `There is no command "${name}"${suggestion(name, Object.keys(commands))} See latchkey --help.`;
}

function help(): string {
  return [
    "Usage: latchkey COMMAND FILE …",
    "",
    "Checks, tries, tests and draws chatbots.",
    "",
    "Commands:",
    ...columns(Object.entries(commands).map(([name, { operands, summary }]) => [`${name} ${operands}`, summary])),
    "",
    "latchkey COMMAND --help says more about a command, latchkey --version which version this is.",
  ].join("\n");
}

// Whoever reads the output may stop early, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof Refusal) console.error(`latchkey: ${printable(error.message)}`);
  else console.error("latchkey: this is our own fault, please report it:", error);
  process.exitCode = error instanceof Refusal ? exitStatus.unusable : exitStatus.fault;
}
