/** What `latchkey test` reports besides: coverage, JUnit, and where long values differ. */
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { botWith, file, folder, run, say } from "./cli-run.mjs";

const to = (dialog) => ({ type: "toDialog", dialog });
const is = (attribute, value) => ({ if: { attribute, is: value } });

/** Its lists and elements stand on lines of their own, so that places can be told. */
const questions = `{ "latchkey": 1, "id": "questions",
  "attributes": [ { "name": "age", "type": "number" } ],
  "settings": { "fallback": { "elements": [
    { "type": "text", "text": "Pardon?" } ] } },
  "dialogs": [ { "id": "default", "elements": [
    { "type": "saveResponse", "attribute": "age", "text": "Your age?", "fallback": { "elements": [
      { "type": "text", "text": "That is no age." } ] } },
    { "type": "conditions", "branches": [ { "if": { "attribute": "age", "lessThan": 18 }, "elements": [
      { "type": "text", "text": "Too young." } ] } ], "else": [
      { "type": "toDialog", "dialog": "bar" } ] } ] },
    { "id": "bar", "name": "The bar", "elements": [
      { "type": "text", "text": "Cheers." } ] } ] }`;
await file("questions.json", questions);
const asks = { bot: "Your age?" };
const young = { name: "young", steps: [asks, { user: "17" }, { bot: "Too young." }] };
const old = { name: "old", steps: [asks, { user: "18" }, { bot: "Cheers." }] };
const odd = { name: "odd", steps: [asks, { user: "old" }, { bot: "That is no age." }] };
const about = (bot, ...conversations) => ({ bot, conversations });
await file("young.json", about("questions.json", young));
await file("rest.json", about("questions.json", old, odd));

describe("latchkey test --coverage", () => {
  test("says what no conversation reached, where it is and what it is", async () => {
    const { status, stdout, stderr } = await run(["test", "--coverage", "young.json"]);
    const lines = stdout.split("\n").map((line) => line.split(/ {2,}/).filter(Boolean));
    assert.deepEqual(lines, [
      ["Not reached:"],
      ["questions.json:3:43", "fallback", "in the settings", "/settings/fallback/elements"],
      ["questions.json:4:5", "text", "in the settings", "/settings/fallback/elements/0"],
      ["questions.json:6:98", "fallback", 'in "default"', "/dialogs/0/elements/0/fallback/elements"],
      ["questions.json:7:7", "text", 'in "default"', "/dialogs/0/elements/0/fallback/elements/0"],
      ["questions.json:9:63", "else", 'in "default"', "/dialogs/0/elements/1/else"],
      ["questions.json:10:7", "toDialog", 'in "default"', "/dialogs/0/elements/1/else/0"],
      ["questions.json:11:51", "dialog", 'in "bar"', "/dialogs/1/elements"],
      ["questions.json:12:7", "text", 'in "bar"', "/dialogs/1/elements/0"],
      ["questions.json: 38.4 % reached, 5 of 13 elements and branches"], [],
      ["1 passed, 0 failed"], [],
    ]);
    assert.equal(stderr, "");
    assert.equal(status, 0);
  });

  test("adds up what several files reach of the same bot, with reloads too", async () => {
    const { stdout } = await run(["test", "--coverage", "--every-reload", "young.json", join(folder, "rest.json")]);
    assert.equal(stdout.match(/reached/gi).length, 2);
    assert.match(stdout, /^questions\.json: 84\.6 % reached, 11 of 13 elements and branches$/m);
    assert.doesNotMatch(stdout, /dialogs\/\d/);
  });

  test("counts only the conversations that were picked, and each bot for itself", async () => {
    await file("one.json", botWith([{ id: "default", elements: [say("One.")] }]));
    await file("one.conversations.json", about("one.json", { name: "young too", steps: [{ bot: "One." }] }));
    const { stdout } = await run(["test", "--coverage", "rest.json", "one.conversations.json", "young.json", "--filter", "young"]);
    assert.deepEqual(stdout.match(/^\S+: .* reached/gm), ["one.json: 100 % reached", "questions.json: 38.4 % reached"]);
  });

  test("counts a conversation that fails as far as it goes", async () => {
    await file("fails.json", about("questions.json", { name: "fails", steps: [asks, { user: "3" }, { bot: "Welcome." }] }));
    assert.match((await run(["test", "--coverage", "fails.json"])).stdout, /\n\n(?:.*\n)+questions\.json: 38\.4 % reached/);
  });

  test("tells programs the same", async () => {
    const { coverage, coverageThreshold } = JSON.parse((await run(["test", "--json", "--coverage", "rest.json"])).stdout);
    const [{ unreached, ...figures }] = coverage;
    assert.equal(coverageThreshold, undefined);
    assert.deepEqual(figures, { bot: "questions.json", reached: 9, total: 13, percent: 69.2 });
    assert.deepEqual(unreached[2], { where: "/dialogs/0/elements/1/branches/0/elements", line: 8, column: 103, type: "branch", dialog: "default" });
    assert.equal(unreached[0].dialog, null);
    assert.equal(JSON.parse((await run(["test", "--json", "rest.json"])).stdout).coverage, undefined);
  });

  test("fails under its threshold, and not at it", async () => {
    await file("half.json", botWith([{ id: "default", elements: [] }, { id: "other", keywords: ["other"], elements: [] }]));
    await file("half.conversations.json", about("half.json", { name: "nothing", steps: [] }));
    for (const [threshold, expected] of [["0", 0], ["50", 0], ["50.1", 1], ["100", 1]]) {
      const { status, stdout } = await run(["test", "--coverage-threshold", threshold, "half.conversations.json"]);
      assert.equal(status, expected, threshold);
      assert.equal(stdout.includes(`half.json: 50 % reached, 1 of 2 elements and branches${expected ? `: less than ${threshold} %` : ""}\n`), true, stdout);
    }
    const { status, stdout } = await run(["test", "--json", "--coverage-threshold=51", "half.conversations.json", "young.json"]);
    assert.equal(JSON.parse(stdout).coverageThreshold, 51);
    assert.equal(status, 1);
  });

  for (const threshold of ["101", "-1", "", "half", "0x10", "1e1", "50%"]) {
    test(`refuses the threshold "${threshold}"`, async () => {
      const { status, stderr } = await run(["test", `--coverage-threshold=${threshold}`, "young.json"]);
      assert.equal(stderr, "latchkey: --coverage-threshold takes a number from 0 to 100.\n");
      assert.equal(status, 2);
    });
  }
});

/** Reads XML of elements, attributes and text, and refuses whatever is not well-formed. */
function parseXml(xml) {
  assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  const decode = (text) => {
    assert.doesNotMatch(text, /<|&(?!(amp|lt|gt|quot|#\d+);)/);
    const named = { amp: "&", lt: "<", gt: ">", quot: '"' };
    return text.replaceAll(/&(?:#(\d+)|(\w+));/g, (_, code, name) => (code ? String.fromCodePoint(code) : named[name]));
  };
  const root = { children: [] };
  const open = [root];
  const token = /<\?xml version="1\.0" encoding="UTF-8"\?>|<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  let at = 0;
  for (const [all, end, name, attributes, empty, text] of xml.matchAll(token)) {
    at += all.length;
    if (text !== undefined) open.at(-1).text = (open.at(-1).text ?? "") + decode(text);
    else if (end) assert.equal(open.pop().name, name);
    else if (name) {
      const element = { name, children: [] };
      for (const [, key, value] of attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)) element[key === "name" ? "called" : key] = decode(value);
      open.at(-1).children.push(element);
      if (!empty) open.push(element);
    }
  }
  assert.equal(at, xml.length, xml.slice(at, at + 80));
  assert.equal(open.length, 1);
  return root.children[0];
}

describe("latchkey test --junit", () => {
  test("writes a testsuite for each file, in folders that it makes", async () => {
    await mkdir(join(folder, "inner"), { recursive: true });
    await file("inner/wrong.conversations.json", about("../questions.json", { name: "wrong", steps: [asks, { user: "3" }, { bot: "Hello." }] }, young));
    const { status } = await run(["test", "--every-reload", "--junit", "made/here/junit.xml", "young.json", "./inner/wrong.conversations.json", "missing.json"]);
    assert.equal(status, 2);
    const root = parseXml(await readFile(join(folder, "made/here/junit.xml"), "utf8"));
    assert.deepEqual([root.name, root.tests, root.failures, root.errors], ["testsuites", "7", "2", "1"]);
    assert.ok(Number(root.time) > 0);
    const [first, second, third] = root.children;
    assert.deepEqual(root.children.map(({ name, called, tests, failures, errors }) => [name, called, tests, failures, errors]), [
      ["testsuite", "young.json", "2", "0", "0"],
      ["testsuite", "./inner/wrong.conversations.json", "4", "2", "0"],
      ["testsuite", "missing.json", "1", "0", "1"],
    ]);
    assert.deepEqual(first.children.map(({ called, classname }) => [called, classname]), [["young", "young"], ["young (with a reload before every step)", "young"]]);
    const [wrong] = second.children;
    assert.deepEqual([wrong.called, wrong.classname, wrong.file, wrong.line], ["wrong", "inner.wrong", "./inner/wrong.conversations.json", "13"]);
    const [failure] = wrong.children;
    assert.equal(failure.name, "failure");
    assert.equal(failure.message, "step 3: the bot says something else");
    assert.match(failure.text, /^FAIL \.\/inner\/wrong\.conversations\.json:13:\d+\n[^]* {4}expected "Hello\."\n {4}came {5}"Too young\."\n[^]* {4}user: 3\n {4}bot: Too young\.$/);
    assert.deepEqual(second.children[2].children, []);
    const [error] = third.children[0].children;
    assert.deepEqual([error.name, error.message], ["error", "missing.json: There is no such file."]);
  });

  test("keeps whatever is said well-formed", async () => {
    const nasty = 'a<b>&amp;"\']]>\u0000\u0007\u001b[2J\ufffe\uffff \u00a0\ttab\nline 🔑';
    await file("nasty.json", botWith([{ id: "default", elements: [say(nasty)] }]));
    await file("nasty.conversations.json", about("nasty.json", { name: nasty, steps: [{ bot: "]]>" }] }));
    const { status } = await run(["test", "--junit", "nasty.xml", "nasty.conversations.json"]);
    assert.equal(status, 1);
    const [suite] = parseXml(await readFile(join(folder, "nasty.xml"), "utf8")).children;
    const [{ called, children: [failure] }] = suite.children;
    assert.equal(called, 'a<b>&amp;"\']]>\ufffd\ufffd\ufffd[2J\ufffd\ufffd \u00a0\ttab\nline 🔑');
    assert.ok(failure.text.includes('bot: a<b>&amp;"\']]>'));
  });

  test("says when it cannot be written", async () => {
    const { status, stdout, stderr } = await run(["test", "--junit", ".", "young.json"]);
    assert.equal(stdout, "1 passed, 0 failed\n");
    assert.equal(stderr, "latchkey: .: This is a folder; name a file in it.\n");
    assert.equal(status, 2);
    assert.match((await run(["test", "--junit", "young.json/x.xml", "young.json"])).stderr, /a part of its path is a file/);
  });

  test("goes with --json", async () => {
    const { stdout } = await run(["test", "--json", "--junit", "both.xml", "young.json"]);
    assert.equal(JSON.parse(stdout).passed, 1);
    assert.equal(parseXml(await readFile(join(folder, "both.xml"), "utf8")).tests, "1");
  });
});

describe("a difference that is hard to see", () => {
  const failure = async (elements, steps, rest) => {
    await file("long.json", botWith([{ id: "default", elements }], rest));
    await file("long.conversations.json", about("long.json", { name: "long", steps }));
    return (await run(["test", "long.conversations.json"])).stdout;
  };

  test("is shown word by word in long texts", async () => {
    const text = "Your order has left our house today and will be with you on Tuesday, between nine and twelve.";
    const stdout = await failure([say(text)], [{ bot: text.replace("Tuesday", "Wednesday") }]);
    assert.ok(stdout.includes("\n    differs  Your order has left our house today and will be with you on [-Wednesday-]{+Tuesday+}, between nine and twelve.\n"), stdout);
    assert.doesNotMatch(await failure([say("Hi.")], [{ bot: "Ho." }]), /differs/);
  });

  test("is shown place by place in large values", async () => {
    const data = { customer: { name: "Ann", addresses: [{ street: "Long Street 1", city: "Zagreb" }, { street: "Short Street 2", city: "Split" }] }, "a/b": true };
    const expected = structuredClone(data);
    expected.customer.addresses[1].city = "Rijeka";
    expected.customer.addresses.push({ street: "New Street 3" });
    delete expected["a/b"];
    const stdout = await failure([{ type: "event", name: "order", data }], [{ emits: { name: "order", data: expected } }]);
    for (const line of [
      'at /data/customer/addresses/1/city: expected "Rijeka", came "Split"',
      'at /data/customer/addresses/2: expected {"street":"New Street 3"}, came nothing',
      "at /data/a~1b: expected nothing, came true",
    ]) assert.ok(stdout.includes(`\n    ${line}\n`), stdout);
  });

  test("does not drown in values without end", async () => {
    const stdout = await failure([say("x".repeat(4000))], [{ bot: "y" }]);
    assert.match(stdout, /came {5}"x{599} …\n/);
  });
});
