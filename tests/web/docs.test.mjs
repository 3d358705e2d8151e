/** What the docs show is run here: snippets, commands and links. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { blocks, elementExamples } from "./snippets.mjs";

const root = join(import.meta.dirname, "../..");
const read = (path) => readFileSync(join(root, path), "utf8");
const pages = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", ...readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];
const tutorial = JSON.parse(read("tests/conversations/bots/tutorial.json"));
const latchkey = (...words) => spawnSync("script/latchkey", words, { cwd: root, encoding: "utf8" });

/** Runs a module that says "latchkey/engine", inside the package that has that name. */
function runModule(code) {
  return spawnSync(process.execPath, ["--input-type=module"], { cwd: join(root, "web"), input: code, encoding: "utf8" });
}

/** Runs bots, each with the steps of one conversation, by the command line. */
function runConversations(examples) {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-docs-"));
  try {
    const files = examples.map(({ bot, steps }, i) => {
      const file = join(folder, `${i}.conversations.json`);
      writeFileSync(join(folder, `${i}.json`), JSON.stringify(bot));
      writeFileSync(file, JSON.stringify({ bot: `${i}.json`, now: "2026-01-05T09:00:00Z", conversations: [{ name: `example ${i}`, steps }] }));
      return file;
    });
    return latchkey("test", ...files);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the docs", () => {
  test("README's example prints what its comments say", () => {
    const [code] = blocks("README.md", "js");
    const expected = [...code.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, text]) => text);
    const { stdout, stderr } = runModule(code);
    assert.equal(stderr, "");
    assert.ok(expected.length > 1);
    assert.deepEqual(stdout.trim().split("\n"), expected);
  });

  test("the example at the top of engine.ts runs", () => {
    const [, code] = read("web/src/engine.ts").match(/```js\n([^]*?)```/);
    const example = code.replaceAll(/^ \* ?/gm, "").replace("const bot", `const botText = ${JSON.stringify(JSON.stringify(tutorial))};\nconst bot`);
    const { stdout, stderr } = runModule(`${example}\nconsole.log(effects[0].message.text, turn.effects.length > 0);`);
    assert.equal(stderr, "");
    assert.equal(stdout, "Welcome to Acme Bank. true\n");
  });

  test("the host of docs/headless.md signs in, keeps snapshots, and tells the bot what failed", () => {
    const [host] = blocks("docs/headless.md", "js");
    const say = (answer) => runModule(`const botText = ${JSON.stringify(JSON.stringify(tutorial))};
      const kept = [];
      const keep = (snapshot) => kept.push(snapshot);
      globalThis.fetch = async (url) => ${answer};
      ${host}
      happened({ type: "textEntered", text: "C-1001" });
      await new Promise((resolve) => setTimeout(resolve, 50));
      console.log(kept.length);
      process.exit(); // the end of the sign-in would be waited for`);
    const opening = "Welcome to Acme Bank.\nWhat is your customer ID?\n";
    const { stdout, stderr } = say('Response.json({ ok: true, balance: "EUR 5.00" })');
    assert.deepEqual([stderr, stdout.slice(0, opening.length)], ["", opening]);
    assert.match(stdout, /^You are verified, ••••1001\.$/m);
    assert.match(say("Promise.reject(new TypeError())").stdout, /^That ID was not recognised\.\n2\n$/m);
  });

  test("the tutorial's pieces make the tutorial's bot", () => {
    const pieces = blocks("docs/tutorial.md", "json").map((text) => JSON.parse(text.startsWith('"') ? `{${text}}` : text));
    const [frame, { attributes }, ...dialogs] = pieces;
    assert.deepEqual({ ...frame, attributes, dialogs: tutorial.dialogs }, tutorial);
    assert.deepEqual(dialogs.map(({ id }) => id).sort(), tutorial.dialogs.map(({ id }) => id).sort());
    for (const dialog of dialogs) assert.deepEqual(dialog, tutorial.dialogs.find(({ id }) => id === dialog.id));
  });

  test("the format's first bot is the tutorial's", () => {
    assert.deepEqual(JSON.parse(blocks("docs/bot-format.md", "json")[0]), tutorial);
  });

  test("every example of an element goes as the page says", () => {
    const examples = elementExamples();
    const { status, stdout, stderr } = runConversations(examples);
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, new RegExp(`^${examples.length} passed`, "m"));
    const types = new Set(examples.flatMap(({ bot }) => [...JSON.stringify(bot.dialogs).matchAll(/"type":"(\w+)"/g)].map(([, type]) => type)));
    const [, all] = read("engine/src/elements/table.cpp").match(/table = \{\{([^]*?)\}\};/);
    assert.deepEqual([...types].sort(), [...all.matchAll(/\{"(\w+)"/g)].map(([, type]) => type).sort());
  });

  test("the tutorial's bot is checked as the tutorial says: one warning", () => {
    const { status, stdout } = latchkey("check", "tests/conversations/bots/tutorial.json");
    assert.equal(status, 0);
    assert.deepEqual(stdout.match(/(error|warning) \w+ at/g), ["warning silentReauthentication at"]);
  });

  test("every command that is named exists", () => {
    const commands = pages.flatMap((page) => [...read(page).matchAll(/\bscript\/(\w+)( (check|chat|test|graph)\b)?/g)]);
    assert.ok(commands.length > 5);
    for (const [, script] of commands) assert.ok(existsSync(join(root, "script", script)), script);
    for (const word of ["check", "chat", "test", "graph", "check-api"]) assert.equal(latchkey(word, "--help").status, 0);
  });

  for (const [page, outputs] of [["docs/command-line.md", 2], ["docs/conversation-tests.md", 1]]) {
    test(`every command in ${page} runs, and prints what the page shows below it`, () => {
      const commands = [...read(page).matchAll(/^ {4}script\/latchkey ([^#\n]+?)(?: +#.*)?\n(?:(?:\n[^`\n]+\n)?\n```(?:mermaid)?\n([^]*?)```)?/gm)];
      assert.ok(commands.length > 2);
      for (const [, words, shown = ""] of commands) {
        const { status, stdout } = latchkey(...words.split(" "));
        assert.equal(status, 0, words);
        assert.ok(stdout.includes(shown), `${words}\n${stdout}`);
      }
      assert.equal(commands.filter(([, , shown]) => shown).length, outputs);
    });
  }

  test("every link to a file leads to one", () => {
    for (const page of pages) {
      for (const [, target] of read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
        if (!/^[a-z]+:/.test(target)) assert.ok(existsSync(join(root, dirname(page), target)), `${page}: ${target}`);
      }
    }
  });

  test("every problem code is in the format's list, and the list names no other", () => {
    const [, list] = read("docs/bot-format.md").match(/## 10\. Problems\n([^]*?)\n## 11/);
    const codes = readdirSync(join(root, "tests/bad-bots")).map((name) => name.replace(".json", ""));
    for (const code of codes) assert.ok(list.includes(`\`${code}\``), code);
    const named = [...list.slice(list.indexOf("errors:")).matchAll(/`(\w+)`/g)].map(([, code]) => code);
    for (const code of new Set(named)) assert.ok(codes.includes(code), code);
  });
});
