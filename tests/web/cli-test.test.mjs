import assert from "node:assert/strict";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { corpus, file, folder, run } from "./cli-run.mjs";

const names = (await readdir(corpus)).filter((name) => name.endsWith(".conversations.json"));
const files = names.map((name) => join(corpus, name));
const contents = await Promise.all(files.map(async (name) => JSON.parse(await readFile(name, "utf8"))));
const count = contents.flatMap(({ conversations }) => conversations).length;

const tutorial = join(corpus, "bots/tutorial.json");
const hello = [{ bot: "Welcome to Acme Bank." }, { bot: "What is your customer ID?" }];
const handedOver = { url: "https://api.acme.example/customers/verify", method: "GET", headers: { authorization: "C-1" } };
let made = 0;

/** Runs one conversation with the tutorial's bot. */
async function runSteps(steps, setting = {}, words = []) {
  const name = `${++made}.conversations.json`;
  await file(name, { bot: tutorial, ...setting, conversations: [{ name: "a test", steps }] });
  return run(["test", name, ...words]);
}

/** What `make` returns, made when it is first asked for. */
function onceRun(make) {
  let made;
  return () => (made ??= make());
}

describe("latchkey test", () => {
  test("passes every conversation of the corpus", async () => {
    const { status, stdout, stderr } = await run(["test", ...files]);
    assert.equal(stdout, `${count} passed, 0 failed\n`);
    assert.equal(stderr, "");
    assert.equal(status, 0);
  });

  test("passes every conversation of the corpus with a reload before every step", async () => {
    const { status, stdout } = await run(["test", "--every-reload", ...files]);
    assert.equal(stdout, `${2 * count} passed, 0 failed\n`);
    assert.equal(status, 0);
  });

  test("fails every conversation that is meant to fail, at its last step", async () => {
    const failing = join(corpus, "../failing-conversations/steps.conversations.json");
    const { conversations } = JSON.parse(await readFile(failing, "utf8"));
    const { status, stdout } = await run(["test", "--json", failing]);
    assert.equal(status, 1);
    const failed = JSON.parse(stdout).conversations.map(({ name, failure }) => [name, failure?.step]);
    assert.deepEqual(failed, conversations.map(({ name, steps }) => [name, steps.length]));
  });

  test("takes parts of seconds and minutes, exactly", async () => {
    const bot = { latchkey: 1, id: "slow", dialogs: [{ id: "default", elements: [{ type: "delay", seconds: 31.5 }, { type: "text", text: "Here." }] }] };
    await file("slow.json", bot);
    const steps = [{ wait: "0.5m" }, { wait: "1.4s" }, { wait: "99ms" }, { awaiting: "delay" }, { wait: "1ms" }, { bot: "Here." }];
    assert.equal((await runSteps(steps, { bot: "slow.json" })).stdout, "1 passed, 0 failed\n");
  });

  test("compares what nothing masks as it prints, and as it is", async () => {
    const attributes = [
      { name: "pin", type: "text", sensitive: true, mask: 2, default: "1234" }, { name: "none", type: "text", sensitive: true }, { name: "count", type: "number", default: 7 },
    ];
    await file("masked.json", { latchkey: 1, id: "masked", attributes, dialogs: [{ id: "default", elements: [{ type: "text", text: "{{ pin }} {{ none }} {{ count }}" }] }] });
    const outcome = async (attribute) => (await runSteps([{ bot: "••••34  7" }, { attribute, masked: true }], { bot: "masked.json" })).stdout;
    for (const right of [{ pin: "••••34", none: null, count: 7 }, { none: "", count: "7" }]) assert.equal(await outcome(right), "1 passed, 0 failed\n");
    for (const wrong of [{ pin: "1234" }, { none: "••••" }, { count: 8 }]) assert.match(await outcome(wrong), /has another value/);
  });

  test("takes an address with letters beyond ASCII as it is written", async () => {
    const api = { type: "api", method: "GET", url: "https://api.example/größe/{{ pageLanguage }}" };
    await file("letters.json", { latchkey: 1, id: "letters", settings: { apiOrigins: ["https://api.example"] }, dialogs: [{ id: "default", elements: [api] }] });
    const steps = [{ call: { url: "https://api.example/größe/d%C3%A9" }, reply: { status: 200 } }];
    assert.equal((await runSteps(steps, { bot: "letters.json", language: "dé" })).stdout, "1 passed, 0 failed\n");
  });

  test("compares a form by its fields", async () => {
    const api = { type: "api", method: "POST", url: "/notes", body: { form: { note: "a & b", count: "2" } } };
    await file("form.json", { latchkey: 1, id: "form", dialogs: [{ id: "default", elements: [api] }] });
    const outcome = async (body) => (await runSteps([{ call: { body }, reply: { status: 200 } }], { bot: "form.json" })).stdout;
    for (const body of [{ note: "a & b", count: 2 }, "note=a%20%26%20b&count=2", "note=a+%26+b&count=2"])
      assert.equal(await outcome(body), "1 passed, 0 failed\n");
    for (const body of [{ note: "a & b" }, { note: "a & b", count: 3 }, "note=a%20%26%20b", "note=a & b&count=2", null])
      assert.match(await outcome(body), /the request differs in its body/);
  });

  test("picks by name", async () => {
    const words = ["--filter", "SIGNS IN"];
    const wanted = contents.flatMap(({ conversations }) => conversations).filter(({ name }) => name.toLowerCase().includes("signs in")).length;
    assert.equal((await run(["test", ...files, ...words])).stdout, `${wanted} passed, 0 failed\n`);
    const none = await run(["test", files[0], "--filter=no such name"]);
    assert.match(none.stderr, /No conversation's name contains "no such name"\./);
    assert.equal(none.status, 2);
  });

  test("and check say what a file of the other kind is", async () => {
    const conversations = await file("a.conversations.json", { bot: tutorial, conversations: [{ name: "opens", steps: hello }] });
    const tested = await run(["test", tutorial]);
    assert.deepEqual([tested.status, tested.stderr.split("\n")[0]], [2, `${tutorial}: This is a bot; look at it with "latchkey check", and name it under "bot" in a file of conversations.`]);
    const checked = await run(["check", conversations]);
    assert.deepEqual([checked.status, checked.stderr], [2, `latchkey: ${conversations}: This is a file of conversations; run it with "latchkey test".\n`]);
  });

  test("names a file without a conversation, also beside others", async () => {
    const empty = await file("empty.conversations.json", { bot: tutorial, conversations: [] });
    const full = await file("full.conversations.json", { bot: tutorial, conversations: [{ name: "opens", steps: hello }] });
    const { status, stdout, stderr } = await run(["test", empty, full]);
    assert.equal(status, 2);
    assert.ok(stderr.includes(`${empty}: There is no conversation in it; add one to "conversations".`), stderr);
    assert.match(stdout, /^1 passed/m);
  });

  test("reports for programs", async () => {
    await file("json.conversations.json", { bot: tutorial, conversations: [{ name: "good", steps: hello }, { name: "bad", steps: [{ bot: "Hi." }] }] });
    const { status, stdout } = await run(["test", "--json", "json.conversations.json", "missing.json"]);
    const report = JSON.parse(stdout);
    assert.deepEqual([report.passed, report.failed], [1, 1]);
    assert.deepEqual(report.unusable, [{ file: "missing.json", lines: ["missing.json: There is no such file."] }]);
    const [good, bad] = report.conversations;
    assert.equal(good.failure, null);
    assert.equal(bad.name, "bad");
    assert.equal(bad.mode, "straight");
    assert.equal(bad.failure.step, 1);
    assert.deepEqual([bad.failure.expected, bad.failure.came], ["Hi.", "Welcome to Acme Bank."]);
    assert.equal(bad.failure.transcript[0], "bot: Welcome to Acme Bank.");
    assert.equal(status, 2);
  });

  test("takes the bot's path from the file's folder", async () => {
    await mkdir(join(folder, "inner"));
    await file("own-bot.json", { latchkey: 1, id: "own", dialogs: [{ id: "default", elements: [{ type: "text", text: "Hi." }] }] });
    await file("inner/own.conversations.json", { bot: "../own-bot.json", conversations: [{ name: "hi", steps: [{ bot: "Hi." }] }] });
    assert.equal((await run(["test", "inner/own.conversations.json"])).stdout, "1 passed, 0 failed\n");
  });
});

describe("the setting of a conversation", () => {
  const elements = [
    { type: "text", text: "{{ pageUrl }} {{ pageLanguage }} {{ today }}" },
    { type: "api", method: "GET", url: "/orders", save: { headers: [{ attribute: "left", name: "X-Left" }] } },
    { type: "text", text: "{{ left }} left" },
  ];
  const bot = { latchkey: 1, id: "setting", attributes: [{ name: "left", type: "text" }], dialogs: [{ id: "default", elements }] };
  const call = (url) => [{ call: { url }, reply: { headers: { "X-Left": 5 } } }, { bot: "5 left" }];

  test("is that of the file, or its own", async () => {
    await file("setting.json", bot);
    const german = { page: "https://de.example/a", language: "de", now: "2026-02-01T00:00:00Z", seed: 2 };
    await file("setting.conversations.json", {
      bot: "setting.json", page: "https://en.example/", language: "en", now: "2026-01-01T00:00:00Z", seed: 1,
      conversations: [
        { name: "the file's", steps: [{ bot: "https://en.example/ en 2026-01-01" }, ...call("/orders")] },
        { name: "its own", ...german, steps: [{ bot: "https://de.example/a de 2026-02-01" }, ...call("https://de.example/orders")] },
      ],
    });
    const { stdout, stderr } = await run(["test", "--every-reload", "setting.conversations.json"]);
    assert.deepEqual([stdout, stderr], ["4 passed, 0 failed\n", ""]);
  });

  test("has the attributes that the page sets, or says why it may not", async () => {
    await file("plan.json", {
      latchkey: 1, id: "plan", attributes: [{ name: "plan", type: "text", external: true }],
      dialogs: [{ id: "default", elements: [{ type: "text", text: "Plan {{ plan }}." }] }],
    });
    await file("plan.conversations.json", {
      bot: "plan.json", attributes: { plan: "gold" },
      conversations: [
        { name: "the file's", steps: [{ bot: "Plan gold." }, { set: { plan: "silver" } }, { attribute: { plan: "silver" } }] },
        { name: "its own", attributes: {}, steps: [{ bot: "Plan ." }] },
        { name: "wrong", attributes: { colour: "red" }, steps: [{ bot: "Plan ." }] },
        { name: "wrong later", steps: [{ bot: "Plan gold." }, { set: { plan: [] } }] },
      ],
    });
    const { stdout } = await run(["test", "plan.conversations.json"]);
    assert.match(stdout, /The conversation cannot start: unknownAttribute: colour\./);
    assert.match(stdout, /the bot did not take the event attributesSet: typeMismatch: plan\n/);
    assert.match(stdout, /2 passed, 2 failed/);
  });

  test("says the address of another page's call", async () => {
    await file("setting.json", bot);
    await file("other.conversations.json", { bot: "setting.json", conversations: [{ name: "other", steps: [{ bot: {} }, ...call("https://other.example/orders")] }] });
    const { stdout } = await run(["test", "other.conversations.json"]);
    assert.match(stdout, /the request differs in its url\n {4}expected "https:\/\/other\.example\/orders"\n {4}came {5}"\/orders"/);
  });
});

describe("a conversation that fails", () => {
  test("names file, place, conversation and step, what was expected and what came, and shows the transcript", async () => {
    await file("failing.conversations.json", `{ "bot": ${JSON.stringify(tutorial)}, "conversations": [
  { "name": "good", "steps": ${JSON.stringify(hello)} },
  { "name": "says another thing", "steps": [
    { "bot": "Welcome to Acme Bank." },
    { "bot": "Who are you?" } ] } ] }`);
    const { status, stdout } = await run(["test", "failing.conversations.json"]);
    assert.equal(stdout, `
FAIL failing.conversations.json:5:5
  "says another thing"
  step 2: {"bot":"Who are you?"}

  the bot says something else
    expected "Who are you?"
    came     "What is your customer ID?"

  status: awaiting answer, in the dialog "customer_credentials", not authenticated
  so far:
    bot: Welcome to Acme Bank.
    bot: What is your customer ID?

1 passed, 1 failed
`);
    assert.equal(status, 1);
  });

  test("says when it failed only with reloads", async () => {
    const { stdout } = await runSteps([...hello, { bot: "More." }], {}, ["--every-reload"]);
    assert.match(stdout, /"a test"\n {2}step 3/);
    assert.match(stdout, /"a test" \(with a reload before every step\)\n/);
    assert.match(stdout, /0 passed, 2 failed/);
  });

  const last = [...hello, { user: "C-1" }, { call: {}, reply: { status: 500 } }];
  const failing = {
    "says more": [[hello[0]], /at the end\n\n {2}the bot says more than was expected\n {4}expected nothing\n {4}came {5}"What is your customer ID\?"/],
    "says nothing more": [[...hello, { bot: "More." }], /the bot says nothing more\n {4}expected "More\."\n {4}came {5}nothing\n/],
    "another pattern": [[{ bot: { matches: "^Goodbye" } }], /step 1.*\n\n {2}the bot says something else/],
    "another kind": [[{ bot: { kind: "image" } }], /the bot says something else/],
    "no button": [[{ choose: "Yes" }], /this button is not on offer\n {4}expected "Yes"\n {4}came {5}\[\]/],
    "other buttons": [[{ options: ["Yes"] }], /the buttons on offer are others\n {4}expected \["Yes"\]\n {4}came {5}\[\]/],
    "no request": [[{ call: {}, reply: {} }], /the bot makes no request\n {4}expected \{\}\n {4}came {5}nothing\n/],
    "another header": [[...hello, { user: "C-2" }, { call: handedOver, reply: {} }],
      /the request differs in its headers\n {4}expected \{"authorization":"C-1"\}\n {4}came {5}\{"Authorization":"C-2"\}/],
    "another attribute": [[{ attribute: { auth_token: 5 } }], /the attribute "auth_token" has another value\n {4}expected 5\n {4}came {5}null/],
    "no attribute": [[{ attribute: { toString: 5 } }], /there is no attribute "toString"\n {4}expected 5\n {4}came {5}nothing\n/],
    "not authenticated": [[{ authenticated: true }], /the user is not authenticated\n {4}expected true\n {4}came {5}false\n/],
    "another dialog": [[{ dialog: "elsewhere" }], /in another dialog\n {4}expected "elsewhere"\n {4}came {5}"customer_credentials"/],
    "another wait": [[{ awaiting: "closed" }], /expected "closed"\n {4}came {5}"answer"/],
    "no event": [[{ emits: { name: "x" } }], /the bot emits no event/],
    "no hand-over": [[{ handOver: {} }], /the bot does not hand over/],
    "another echo": [[...hello, { user: "C-12345" }, { echo: "C-12345" }], /expected "C-12345"\n {4}came {5}"••••2345"/],
    "no report": [[{ report: "endlessLoop" }], /there is no such report\n {4}expected "endlessLoop"\n {4}came {5}\[\]/],
    "not rejected": [[{ rejected: { type: "closed" } }], /the event was not rejected/],
    "not quiet": [[{ quiet: true }], /the bot says more than was expected/],
    "rejected message": [[...last, { wait: "1m" }, { choose: "Yes" }], /step 6/],
    "no place to tamper": [[{ tamper: { "/checksum/0/x": 1 } }], /the snapshot has no place \/checksum\/0\/x/],
  };
  const all = Object.entries(failing);
  const reports = onceRun(async () => {
    const conversations = all.map(([name, [steps]]) => ({ name, steps }));
    await file("all-failing.conversations.json", { bot: tutorial, conversations });
    const { status, stdout } = await run(["test", "all-failing.conversations.json"]);
    assert.equal(status, 1);
    assert.ok(stdout.endsWith(`\n0 passed, ${all.length} failed\n`));
    return stdout.split(/^FAIL /m).slice(1);
  });
  for (const [index, [name, [, expected]]] of all.entries()) {
    test(`says why: ${name}`, async () => {
      const report = (await reports())[index];
      assert.match(report, expected);
      assert.ok(report.includes(`\n  "${name}"\n`), report);
    });
  }
});

describe("the steps", () => {
  test("begin a conversation anew from a snapshot that was tampered with", async () => {
    const signedIn = [...hello, { user: "C-1" }, { call: handedOver, reply: { status: 200 } }, { authenticated: true }, { bot: { matches: "verified" } }];
    const { stdout } = await runSteps([...signedIn, { tamper: { "/state/authenticated": true, "/state/new/inner": [1] } }, { authenticated: false }, ...hello]);
    assert.equal(stdout, "1 passed, 0 failed\n");
  });

  test("compare what is handed over, and its transcript", async () => {
    const steps = [
      ...hello, { user: "C-12345" }, { call: {}, reply: { status: 401 } }, { bot: "That ID was not recognised." }, { choose: "Speak to an agent" },
    ];
    const transcript = [
      { from: "bot", text: "Welcome to Acme Bank." }, { from: "bot", text: "What is your customer ID?" }, { from: "user", text: "••••2345" },
      { from: "bot", text: "That ID was not recognised." }, { from: "user", text: "Speak to an agent" },
    ];
    assert.equal((await runSteps([...steps, { handOver: { data: {}, transcript } }])).stdout, "1 passed, 0 failed\n");
    assert.match((await runSteps([...steps, { handOver: { transcript: [] } }])).stdout, /hands over another transcript/);
    assert.match((await runSteps([...steps, { handOver: { data: { name: "Ann" } } }])).stdout, /hands over something else/);
  });
});

describe("a file that cannot be run", () => {
  const flaws = {
    "an unknown step": [{ bto: "x" }, 'There is no step "bto"; did you mean "bot"?'],
    "two keys": [{ bot: "x", user: "y" }, 'A step has exactly one of the keys, not "bot" and "user"'],
    "no key": [{ comment: "x" }, "A step needs one of the keys user, set, choose,"],
    "no object": ["x", "This must be an object: { … }."],
    "a reply alone": [{ reply: {} }, '"reply" stands beside "call" in one step'],
    "a call alone": [{ call: {} }, 'The field "reply" is missing here; add it.'],
    "an unknown field": [{ attribute: {}, maskd: true }, 'There is no field "maskd" here; did you mean "masked"?'],
    "an unknown field of a call": [{ call: { uri: "x" }, reply: {} }, 'There is no field "uri" here; did you mean "url"?'],
    "a reply that fails and answers": [{ call: {}, reply: { failed: "network", status: 200 } }, 'There is no field "status" here'],
    "an unknown failure": [{ call: {}, reply: { failed: "netwrok" } }, 'did you mean "network"?'],
    "a wrong type": [{ bot: 5 }, "This must be a text, or an object with fields of the message."],
    "a wrong list": [{ options: ["a", 5] }, "This must be a text."],
    "a wrong pattern": [{ bot: { matches: "(" } }, "This must be a regular expression"],
    "a wrong length of time": [{ wait: "5 minutes" }, "This must be a length of time"],
    "a wrong instant": [{ clock: "2026-02-30T00:00:00Z" }, "This must be an instant"],
    "a step that is off": [{ quiet: false }, "This must be true."],
    "a wrong wait": [{ awaiting: "anser" }, 'did you mean "answer"?'],
    "a wrong pointer": [{ tamper: { state: 1 } }, '"state" is not a JSON pointer'],
  };
  const all = Object.entries(flaws);
  const reports = onceRun(async () => {
    const { status, stdout, stderr } = await runSteps(all.map(([, [step]]) => step));
    assert.equal(stdout, "0 passed, 0 failed\n");
    assert.equal(status, 2);
    return stderr.split("\n");
  });
  for (const [index, [name, [, message]]] of all.entries()) {
    test(`says what is wrong: ${name}`, async () => {
      const lines = await reports();
      const found = lines.filter((line) => line.includes(` in "a test", step ${index + 1}: `) && line.includes(message));
      assert.equal(found.length, 1, `${message}\n${lines.join("\n")}`);
      assert.match(found[0], /^\d+\.conversations\.json:\d+:\d+ in /);
    });
  }

  test("says all that is wrong with it, and runs the others", async () => {
    await file("wrong.conversations.json", '{ "bot": "x.json", "nwo": 1,\n  "now": "today",\n  "conversations": [ { "steps": 5, "seed": -1, "seed": 0.5 } ] }');
    await file("right.conversations.json", { bot: tutorial, conversations: [{ name: "hello", steps: hello }] });
    const { status, stdout, stderr } = await run(["test", "wrong.conversations.json", "right.conversations.json"]);
    for (const line of [
      'wrong.conversations.json:1:27 There is no field "nwo" here; did you mean "now"?',
      'wrong.conversations.json:2:10 This must be an instant, such as "2026-01-05T09:00:00Z".',
      'wrong.conversations.json:3:22 in conversation 1: The field "name" is missing here; add it.',
      "wrong.conversations.json:3:33 in conversation 1: This must be a list: [ … ].",
      "in conversation 1: This must be an integer from 0 to 9007199254740991.",
      "in conversation 1: This key is in the same object already; remove one of them.",
      "1 file could not be run",
    ]) assert.ok(stderr.includes(line), `${line}\n${stderr}`);
    assert.equal(stdout, "1 passed, 0 failed\n");
    assert.equal(status, 2);
  });

  const unusable = {
    "is not JSON": ['{\n "bot": }', /^odd\.conversations\.json:2:9 This is not JSON/],
    "is empty": ["", /^odd\.conversations\.json:1:1 This is not JSON/],
    "is no object": ["[]", /:1:1 This must be an object/],
    "has no bot": ['{"bot":"nowhere.json","conversations":[{"name":"a","steps":[]}]}', /Its bot cannot be read\.\n {2}\S*nowhere\.json: There is no such file\./],
    "has a bad bot": ['{"bot":"bad-bot.json","conversations":[{"name":"a","steps":[]}]}', /Its bot has errors\.\n {2}\S*bad-bot\.json:1:1 error missingField/],
  };
  for (const [name, [content, expected]] of Object.entries(unusable)) {
    test(`says that it ${name}`, async () => {
      await file("bad-bot.json", "{}");
      await file("odd.conversations.json", content);
      const { status, stderr } = await run(["test", "odd.conversations.json"]);
      assert.match(stderr, expected);
      assert.equal(status, 2);
    });
  }
});
