/** `latchkey check-api`: whether a customer API does what protects its customers. */
import type { Arguments, Command } from "./arguments.js";
import { checks, type Verdict } from "./check-api/checks.js";
import { addressOf, Client } from "./check-api/client.js";
import { readPlan } from "./check-api/plan.js";
import { exitStatus, Refusal } from "./refusal.js";
import { painterFor, printable } from "./terminal.js";

export const checkApi: Command = {
  summary: "Says whether a customer API does what protects its customers' data; docs/security.md has the list.",
  operands: "api.json",
  many: false,
  options: { json: { help: "reports for programs" } },
  notes: [
    "It signs in, asks for data, and gives wrong secrets until it is stopped: use a test customer.",
    "The exit status is 1 when something is wrong, 2 when the file cannot be read, or the API cannot be asked.",
  ],
  run: checkWith,
};

async function checkWith(given: Arguments): Promise<number> {
  const client = new Client(await readPlan(given.files[0]!));
  const asJson = given.flag("json");
  const results: { check: string; wrong: Verdict }[] = [];
  for (const { name, try: tryIt } of checks) {
    const wrong = await tryIt(client).catch((error: Error) => {
      if (error instanceof Refusal) throw error;
      if (!client.isThere) throw new Refusal(`${addressOf(client.plan.signIn)} cannot be asked: ${reasonOf(error)}.`);
      return `It could not be tried: ${reasonOf(error)}.`;
    });
    results.push({ check: name, wrong });
    if (!asJson) print(name, wrong);
  }
  if (asJson) console.log(JSON.stringify(results, null, 2));
  return results.some(({ wrong }) => wrong !== null) ? exitStatus.bad : exitStatus.good;
}

function reasonOf({ message, cause }: Error): string {
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message;
}

function print(name: string, wrong: Verdict): void {
  const paint = painterFor(process.stdout);
  console.log(wrong === null ? `${paint("green", "ok")}    ${name}` : `${paint("red", "wrong")} ${name}\n      ${printable(wrong)}`);
}
