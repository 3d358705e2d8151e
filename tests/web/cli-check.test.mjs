import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { botWith, corpus, file, run, runProgram, say } from "./cli-run.mjs";

const good = await file("good.json", botWith([{ id: "default", elements: [say("Hello.")] }]));
const web = join(import.meta.dirname, "../../web");
const { version, bin } = JSON.parse(await readFile(join(web, "package.json"), "utf8"));

describe("latchkey", () => {
  test("says how it is used, and its version", async () => {
    const help = await run(["--help"]);
    assert.equal(help.status, 0);
    for (const word of ["check bot.json", "chat bot.json", "test bank.conversations.json", "graph bot.json"]) assert.ok(help.stdout.includes(word), word);
    assert.deepEqual(await run(["-h"]), help);
    assert.equal((await run(["--version"])).stdout, `latchkey ${version}\n`);
  });

  test("is a program of its own, as the package says", async () => {
    assert.deepEqual(await runProgram(join(web, bin.latchkey), ["--version"]), { status: 0, signal: null, stdout: `latchkey ${version}\n`, stderr: "" });
  });

  test("says how a command is used", async () => {
    for (const [command, option] of [["check", "--help"], ["chat", "--page URL"], ["test", "--every-reload"], ["graph", "--svg FILE"]]) {
      const { status, stdout } = await run([command, "--help"]);
      assert.equal(status, 0);
      assert.ok(stdout.startsWith(`Usage: latchkey ${command} `) && stdout.includes(option), stdout);
    }
  });

  const wrong = {
    "": "Usage: latchkey COMMAND",
    chekc: 'There is no command "chekc"; did you mean "check"?',
    frobnicate: 'There is no command "frobnicate".',
    __proto__: 'There is no command "__proto__".',
    "--verson": 'There is no option --verson; did you mean "--version"?',
    check: "check needs a file. Usage: latchkey check bot.json",
    "check --jsn x.json": 'check has no option --jsn; did you mean "--json"?',
    "test --every-relod x.json": 'test has no option --every-relod; did you mean "--every-reload"?',
    "test x.json --filter": "--filter needs a value: --filter=TEXT.",
    "test --filter --json x.json": "--filter needs a value",
    "test --json=5 x.json": "--json takes no value.",
    "chat a.json b.json": "chat takes one file.",
    graph: "graph needs a file. Usage: latchkey graph bot.json",
    "graph a.json b.json": "graph takes one file.",
    "graph missing.json": "missing.json: There is no such file.",
    "graph good.json --svg": "--svg needs a value: --svg=FILE.",
    "chat --page nowhere good.json": "--page takes the address of a page",
    "check missing.json": "missing.json: There is no such file.",
    "test missing.json": "missing.json: There is no such file.",
    "chat missing.json": "missing.json: There is no such file.",
    "check .": ".: This is a folder",
    "check latin.json": "latin.json: This is not text in UTF-8.",
  };
  for (const [words, message] of Object.entries(wrong)) {
    test(`refuses "${words}" in a plain sentence`, async () => {
      await file("latin.json", Uint8Array.of(0x22, 0xe9, 0x22));
      const { status, stderr } = await run(words.split(" ").filter(Boolean));
      assert.ok(stderr.includes(message), stderr);
      assert.doesNotMatch(stderr, /\n\s+at |cli\.js/);
      assert.equal(status, 2);
    });
  }
});

describe("latchkey check", () => {
  test("finds nothing wrong with a good bot", async () => {
    assert.deepEqual(await run(["check", good]), { status: 0, signal: null, stdout: "1 file checked: no problems\n", stderr: "" });
  });

  test("says every problem with its place in the text", async () => {
    await file("bad.json", `{
  "latchkey": 1, "id": "bad",
  "dialogs": [
    { "id": "default",
      "elements": [
        { "type": "text", "text": "🔑 {{ nobody }}" }, { "type": "toDialog", "dialog": "nowhere" },
        { "type": "text", "txet": "Hello." } ] },
    { "id": "a/b~c", "keywords": [], "elements": [] }
  ]
}`);
    const { status, stdout } = await run(["check", "bad.json"]);
    assert.equal(status, 1);
    const lines = stdout.split("\n");
    const expected = [
      "bad.json:6:35 error unknownAttribute at /dialogs/0/elements/0/text",
      "bad.json:6:87 error unknownDialog at /dialogs/0/elements/1/dialog",
      "bad.json:7:9 error missingField at /dialogs/0/elements/2",
      "bad.json:7:27 error unknownField at /dialogs/0/elements/2/txet",
    ];
    assert.deepEqual(lines.filter((line) => /^bad\.json:\d+:\d+ error /.test(line)), expected);
    assert.equal(lines[lines.indexOf(expected[3]) + 1], '  There is no field "txet" here; did you mean "text"?');
    assert.match(stdout, /\n1 file checked: 4 errors, \d+ warnings?\n$/);
  });

  test("points at the second of two keys, and into keys that need escaping", async () => {
    await file("twice.json", '{ "latchkey": 1, "id": "twice",\n  "id": "again", "a/b~\\u0063": 1,\n  "dialogs": [ { "id": "default", "elements": [ { "type": "text", "text": "x" } ] } ] }');
    const { stdout } = await run(["check", "twice.json"]);
    assert.match(stdout, /^twice\.json:2:3 error duplicateKey at \/id$/m);
    assert.match(stdout, /^twice\.json:2:18 error unknownField at \/a~1b~0c$/m);
  });

  test("takes the place of what is not JSON from the message", async () => {
    await file("syntax.json", '{\n  "latchkey": 1,\n}');
    const { status, stdout } = await run(["check", "syntax.json"]);
    assert.match(stdout, /^syntax\.json:3:1 error jsonSyntax at the top\n {2}This is not JSON/);
    assert.equal(status, 1);
  });

  test("lets warnings pass", async () => {
    const warned = await file("warned.json", botWith([{ id: "default", elements: [say("Hello.")] }, { id: "island", elements: [say("Alone.")] }]));
    const { status, stdout } = await run(["check", warned]);
    assert.match(stdout, /:\d+:\d+ warning unreachableDialog at \/dialogs\/1\n[^]*1 file checked: 1 warning\n$/);
    assert.equal(status, 0);
  });

  test("checks every file, and says which cannot be read", async () => {
    await file("broken.json", "{");
    const { status, stdout, stderr } = await run(["check", good, "missing.json", "broken.json"]);
    assert.match(stdout, /^broken\.json:1:2 error jsonSyntax/);
    assert.ok(stdout.endsWith("2 files checked: 1 error\n"));
    assert.equal(stderr, "latchkey: missing.json: There is no such file.\n");
    assert.equal(status, 2);
  });

  test("finds no error in the bots of the tests and of the tutorial", async () => {
    const { status, stdout } = await run(["check", join(corpus, "bots/tutorial.json"), join(corpus, "bots/bank.json")]);
    assert.doesNotMatch(stdout, / error /);
    assert.equal(status, 0);
  });

  test("reports for programs: every file, every problem, and the text it is about", async () => {
    await file("places.json", `{
  "latchkey": 1, "id": "places",
  "dialogs": [ { "id": "default", "elements": [
    { "type": "toDialog", "dialog": "🔑 away" }, { "type": "text",
      "txet": "Hello." } ] } ]
}`);
    await file("broken.json", "[1,\n ");
    const { status, stdout, stderr } = await run(["check", "--json", good, "places.json", "missing.json", "broken.json"]);
    const [first, places, missing, broken] = JSON.parse(stdout);
    assert.deepEqual(first, { file: good, problems: [] });
    assert.equal(places.file, "places.json");
    assert.deepEqual(places.problems.map(({ message, ...rest }) => rest), [
      { severity: "error", code: "unknownDialog", where: "/dialogs/0/elements/0/dialog", line: 4, column: 37, endLine: 4, endColumn: 45 },
      { severity: "error", code: "missingField", where: "/dialogs/0/elements/1", line: 4, column: 49, endLine: 5, endColumn: 25 },
      { severity: "error", code: "unknownField", where: "/dialogs/0/elements/1/txet", line: 5, column: 7, endLine: 5, endColumn: 13 },
    ]);
    assert.equal(places.problems[2].message, 'There is no field "txet" here; did you mean "text"?');
    assert.deepEqual(missing, { file: "missing.json", unreadable: "missing.json: There is no such file.", problems: [] });
    const [{ code, where, line, column, endLine, endColumn }] = broken.problems;
    assert.deepEqual([code, where, line, column, endLine, endColumn], ["jsonSyntax", "", 2, 2, 2, 2]);
    assert.equal(stderr, "");
    assert.equal(status, 2);
    assert.equal((await run(["check", "--json", "places.json"])).status, 1);
    assert.equal((await run(["check", "--json", good])).status, 0);
  });

  test("survives deep nesting, many problems on one line, and control characters", async () => {
    await file("deep.json", "[".repeat(300_000));
    assert.equal((await run(["check", "deep.json"])).status, 1);
    const many = JSON.stringify(botWith([{ id: "default", elements: Array.from({ length: 20_000 }, () => ({ type: "toDialog", dialog: "\u001b[2Jx" })) }]));
    await file("many.json", many);
    const { status, stdout } = await run(["check", "many.json"]);
    assert.ok(!stdout.includes("\u001b"));
    assert.match(stdout, /many\.json:1:\d+ error unknownDialog at \/dialogs\/0\/elements\/19999\/dialog/);
    assert.equal(status, 1);
  });

  test("has colours when it is asked for by a terminal alone", async () => {
    await file("broken.json", "{");
    assert.ok(!(await run(["check", "broken.json"], { env: { FORCE_COLOR: "1" } })).stdout.includes("\u001b"));
  });
});
