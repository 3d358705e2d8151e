import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { botWith, cli, file, folder, run, runProgram, say } from "./cli-run.mjs";
import { loadSource } from "./load-source.mjs";

const idle = "Anything else?";
const secretId = "C-123456";
let server;
let origin;
let bank;
const seen = [];

before(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url, id: request.headers["x-id"] });
    if (request.url === "/moved") return response.writeHead(302, { location: "/verify" }).end();
    if (request.url === "/long") return response.writeHead(200).end("x".repeat(5000));
    response.writeHead(request.headers["x-id"] === secretId ? 200 : 401).end("{}");
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${server.address().port}`;
  bank = await file("bank.json", bankBot(origin));
});
after(() => server.close());

const to = (dialog) => ({ type: "toDialog", dialog });
const get = (url, more = {}) => ({ type: "api", method: "GET", url, headers: { "X-Id": "{{ id }}" }, save: { status: "status" }, ...more });

/** Signs in by an ID, and has a dialog for everything that a chat shows. */
function bankBot(api) {
  const more = {
    moved: [get(`${api}/moved`), say("Status {{ status }}.")],
    long: [get(`${api}/long`), say("Status {{ status }}.")],
    own: [get("/verify"), say("Status {{ status }}.")],
    slow: [say("Wait."), { type: "delay", seconds: 0.3 }, say("Done.")],
    tell: [{ type: "event", name: "told", data: { id: "{{ id }}" } }, say("Told.")],
    agent: [{ type: "toAgent", text: "Somebody will come.", data: ["id"] }],
    rude: [say("\u001b[2J\u0007rude")],
    rate: [{ type: "saveResponse", attribute: "rate", text: "How many stars?", options: [{ label: "None", value: 0 }], freeText: true }, say("{{ rate }} stars.")],
  };
  return botWith([
    { id: "default", elements: [say("Welcome."), to("id")] },
    { id: "id", elements: [{ type: "saveResponse", attribute: "id", text: "Your ID?" }, to("account")] },
    { id: "check", kind: "authentication", elements: [
      get(`${api}/verify`),
      { type: "conditions", branches: [{ if: { attribute: "status", is: 200 }, elements: [{ type: "authentication", never: true }] }], else: [to("again")] },
    ] },
    { id: "account", secured: true, elements: [say("Your account, {{ id }}.")] },
    { id: "again", elements: [{ type: "userInput", text: "Wrong ID.", branches: [
      { label: "Try again", elements: [to("id")] }, { label: "End chat", elements: [{ type: "closeSession" }] },
    ] }] },
    ...Object.entries(more).map(([id, elements]) => ({ id, keywords: [id], elements: [...elements, say(idle)] })),
  ], {
    name: "Bank assistant",
    settings: { apiOrigins: ["self", api], maxResponseBytes: 4096 },
    attributes: [
      { name: "id", type: "text", sensitive: true, mask: 2 }, { name: "status", type: "number" }, { name: "rate", type: "number" },
    ],
  });
}

const chat = (lines, words = []) => run(["chat", bank, ...words], { input: lines.map((line) => `${line}\n`).join("") });
const signedIn = ["Welcome.", "Your ID?", "> ••••56", "-- You are signed in", "Your account, ••••56."];

describe("latchkey chat over a pipe", () => {
  test("signs in by a real request, and never prints the ID", async () => {
    const { status, stdout, stderr } = await chat([secretId]);
    assert.deepEqual(stdout.split("\n"), [...signedIn, ""]);
    assert.equal(stderr, "");
    assert.deepEqual(seen.at(-1), { url: "/verify", id: secretId });
    assert.equal(status, 0);
  });

  test("takes buttons by their number or label, and begins again after the end", async () => {
    const { stdout } = await chat(["C-9", "1", "C-8", "end chat", "Hello?"]);
    const asked = ["Wrong ID.", "  1  Try again", "  2  End chat"];
    assert.deepEqual(stdout.trimEnd().split("\n"), [
      "Welcome.", "Your ID?", "> ••••", ...asked, "> Try again", "Your ID?", "> ••••", ...asked,
      "> end chat", "-- This chat has ended.", "-- A new chat begins", "> Hello?", "Welcome.", "Your ID?",
    ]);
  });

  const after = async (lines, words) => {
    const { status, stdout } = await chat([secretId, ...lines], words);
    assert.equal(status, 0);
    assert.ok(!stdout.includes(secretId));
    return stdout.trimEnd().split("\n").slice(signedIn.length);
  };

  test("takes a number for itself where a number is asked for", async () => {
    assert.deepEqual(await after(["rate", "1"]), ["> rate", "How many stars?", "  1  None", "> 1", "1 stars.", idle]);
    assert.deepEqual((await after(["rate", "none"])).slice(3), ["> none", "0 stars.", idle]);
  });

  test("waits for delays before the next line, and before it ends", async () => {
    assert.deepEqual(await after(["slow", "slow"]), ["> slow", "Wait.", "Done.", idle, "> slow", "Wait.", "Done.", idle]);
  });

  test("keeps the rules of calls: no redirect, no more bytes than allowed", async () => {
    assert.deepEqual(await after(["moved", "long"]), ["> moved", "Status 0.", idle, "> long", "Status 0.", idle]);
  });

  test("sends calls to the own page where --page says it is", async () => {
    assert.deepEqual(await after(["own"], ["--page", `${origin}/home`]), ["> own", "Status 200.", idle]);
    assert.deepEqual(await after(["own"]), ["> own", "-- The bot calls the site it is on: say which with --page URL.", "Status 0.", idle]);
  });

  test("tells of events and hand-overs, masked", async () => {
    assert.deepEqual(await after(["tell", "agent"]), [
      "> tell", "Told.", idle, '-- event told {"id":"••••56"}',
      "> agent", "Somebody will come.", '-- handed over with {"id":"••••56"}', "-- The assistant has handed you over. A person will take it from here.",
    ]);
  });

  test("prints no control characters", async () => {
    assert.deepEqual(await after(["rude"]), ["> rude", "\ufffd[2J\ufffdrude", idle]);
  });

  test("leaves at /quit, and skips empty lines", async () => {
    assert.deepEqual(await after(["", "  ", "tell", "/quit", "slow"]), ["> tell", "Told.", idle, '-- event told {"id":"••••56"}']);
  });

  test("leaves at /quit though the pipe stays open, and answers while it is", async () => {
    const child = spawn(process.execPath, [cli, "chat", bank], { cwd: folder });
    let shown = "";
    let sent = false;
    child.stdout.setEncoding("utf8").on("data", (text) => {
      shown += text;
      if (!sent && shown.includes("Your ID?")) child.stdin.write(`${secretId}\n`), sent = true;
      if (shown.includes("account")) child.stdin.write("/quit\n");
    });
    assert.equal(await new Promise((ended) => child.on("close", ended)), 0);
    assert.deepEqual(shown.trimEnd().split("\n"), signedIn);
  });

  test("ends at once without input", async () => {
    const { status, stdout } = await run(["chat", bank]);
    assert.equal(stdout, "Welcome.\nYour ID?\n");
    assert.equal(status, 0);
  });

  test("goes on when nobody answers at the other end", async () => {
    const away = await file("away.json", bankBot("http://127.0.0.1:1"));
    const { status, stdout } = await run(["chat", away], { input: `${secretId}\n` });
    assert.match(stdout, /Wrong ID\./);
    assert.equal(status, 0);
  });

  test("says what is wrong with a bot that does not load", async () => {
    const { status, stderr } = await run(["chat", await file("bad-chat.json", botWith([{ id: "default", elements: [to("nowhere")] }]))]);
    assert.match(stderr, /bad-chat\.json:\d+:\d+ error unknownDialog at \/dialogs\/0\/elements\/0\/dialog/);
    assert.equal(status, 1);
  });
});

describe("cards and media in a chat", () => {
  const button = (label, value = label) => ({ label, value });
  const cards = (...all) => ({ type: "cards", cards: all });
  const shop = () => file("shop.json", botWith([
    { id: "default", elements: [
      { type: "image", url: "https://shop.example/house.png", alt: "A house", caption: "Our house" },
      { type: "document", url: "/terms.pdf" },
      cards(
        { title: "Small", text: "For one.\nCheap.", image: "/small.png", alt: "A chair", buttons: [button("Take Small", "small"), { label: "More", url: "https://shop.example/small" }] },
        { title: "Large", buttons: [button("Take Large", "large")] },
      ),
      { type: "userInput", text: "Which?", repeat: 1, branches: [
        { label: "None", elements: [to("rating")] }, { keywords: ["small"], elements: [say("Small it is."), to("rating")] },
      ], else: [to("topics")] },
    ] },
    { id: "rating", elements: [
      cards({ title: "Stars", buttons: [button("Five", 5)] }),
      { type: "saveResponse", attribute: "stars", text: "How many stars?" }, say("{{ stars }} stars."), to("topics"),
    ] },
    { id: "topics", elements: [cards({ title: "Topics", buttons: [button("Where is it?", "where")] })] },
    { id: "where", keywords: ["where"], elements: [say("On its way.")] },
  ], { attributes: [{ name: "stars", type: "number" }] }));
  const shown = [
    "[image] A house – Our house (https://shop.example/house.png)", "[document] /terms.pdf",
    "[card] Small", "  For one.", "  Cheap.", "  [image] A chair (/small.png)", "  [Take Small]", "  More: https://shop.example/small",
    "[card] Large", "  [Take Large]", "Which?", "  1  None", "  2  Take Small  (Small)", "  3  Take Large  (Large)",
  ];
  const stars = ["[card] Stars", "  [Five]", "How many stars?", "  1  Five  (Stars)"];
  const topics = ["[card] Topics", "  [Where is it?]", "  1  Where is it?  (Topics)"];
  const talk = async (...lines) => (await run(["chat", await shop()], { input: lines.map((line) => `${line}\n`).join("") })).stdout.trimEnd().split("\n");

  test("are shown in words, with a number for every button", async () => {
    assert.deepEqual(await talk(), shown);
  });

  test("a card's button is pressed by its number, after those of the question", async () => {
    assert.deepEqual((await talk("2")).slice(shown.length), ["> Take Small", "Small it is.", ...stars]);
    assert.deepEqual((await talk("1")).slice(shown.length), ["> None", ...stars]);
  });

  test("a number is a number where one is asked for; the card's button has its label then", async () => {
    assert.deepEqual((await talk("1", "1")).slice(shown.length + 1 + stars.length), ["> 1", "1 stars.", ...topics]);
    assert.deepEqual((await talk("1", "five")).slice(shown.length + 1 + stars.length), ["> Five", "5 stars.", ...topics]);
  });

  test("cards are off after the next message, and can be pressed when nothing is asked", async () => {
    const said = (await talk("2", "4", "1", "1")).slice(shown.length + 2 + stars.length);
    assert.deepEqual(said, ["> 4", "4 stars.", ...topics, "> Where is it?", "On its way.", "> 1", ...shown]);
    assert.deepEqual((await talk("what?")).slice(shown.length), ["> what?", "Which?", "  1  None"]);
  });
});

describe("the screen of a chat", async () => {
  const { Screen, chatEnglish: texts, emptyTranscript } = await loadSource(["cli/chat/screen.ts", "texts.ts", "transcript.ts"]);
  const bot = (text) => ({ from: "bot", at: 0, message: { kind: "text", text } });
  const [one, two, three] = [bot("One."), bot("Two."), bot("Three.")];
  const newsAfter = (before, then) => {
    const screen = new Screen(texts, (_, text) => text);
    screen.news({ ...emptyTranscript, entries: before });
    return screen.news({ ...emptyTranscript, entries: then });
  };

  test("says what is new, though something before it is gone", () => {
    assert.deepEqual(newsAfter([one], [one, two]), { wiped: false, lines: ["Two."] });
    assert.deepEqual(newsAfter([one, two], [one, three]), { wiped: false, lines: ["Three."] });
    assert.deepEqual(newsAfter([one], [one]), { wiped: false, lines: [] });
  });

  test("is wiped when everything is gone", () => {
    assert.deepEqual(newsAfter([one, two], [three]), { wiped: true, lines: [`-- ${texts.notices.concealed}`, "Three."] });
    assert.deepEqual(newsAfter([one], []), { wiped: true, lines: [`-- ${texts.notices.concealed}`] });
  });
});

const noPython = spawnSync("python3", ["-c", "import pty"]).status !== 0 && "there is no python3 for the pseudo-terminal";

describe("latchkey chat at a terminal", { skip: noPython }, () => {
  /** Each step: a text to wait for and what is typed then. */
  const type = async (steps, words = []) => {
    const terminal = [join(import.meta.dirname, "pseudo-terminal.py"), process.execPath, cli, "chat", bank, ...words];
    return runProgram("python3", terminal, { input: JSON.stringify(steps), env: { TERM: "xterm" } });
  };
  const plain = (text) => text.replaceAll(/\u001b\[[?\d;]*[a-zA-Z]/g, "");

  test("shows bullets for a sensitive answer, whatever the keys, and never the answer", async () => {
    const { status, stdout } = await type([
      ["Your ID?\r\n", "X-"],
      ["> ••", "\u007f\u007fC-12"],
      ["> ••••", "356\u001b[D\u001b[D\u001b[D\u001b[3~\u001b[C\u001b[C"],
      ["> ••••••", "\u001b[D\u001b[D34\r"],
      ["Your account", "tell\r"],
      [idle, "/quit\r"],
    ]);
    const shown = plain(stdout);
    assert.equal(status, 0, shown);
    assert.deepEqual(seen.at(-1), { url: "/verify", id: secretId });
    assert.match(shown, /> ••••56\r\n/);
    assert.match(shown, /-- You are signed in\r\n/);
    assert.match(shown, /The assistant is typing \.\.\. /);
    assert.match(shown, /> tell\r\nTold\./);
    for (const part of ["C-", "X-", "123", "34", "356"]) assert.ok(!shown.includes(part), `${part} in ${shown}`);
  });

  test("takes a paste with line breaks as one answer, and hides it", async () => {
    const { status, stdout } = await type([
      ["Your ID?\r\n", `\u001b[200~${secretId}\n\u001b[201~`],
      ["> •••••••••", "\r"],
      ["Your account", "\u0004"],
    ]);
    assert.equal(status, 0);
    assert.deepEqual(seen.at(-1), { url: "/verify", id: secretId });
    assert.ok(!stdout.includes("123"));
  });

  test("never brings a hidden answer to light when the question goes", async () => {
    const { status, stdout } = await type([["Your ID?\r\n", "C-9\r"], ["End chat", "1\r"], ["Your ID?", "C-4711"], ["> ••••••", "\u0015C-9\r"], ["End chat", "slow"], ["> slow", "\u0003"]]);
    assert.equal(status, 130, stdout);
    assert.ok(!plain(stdout).includes("4711"));
  });

  test("ends at Ctrl-C, and leaves the terminal as it was", async () => {
    const { status, stdout } = await type([["Your ID?\r\n", "C-1"], ["> •••", "\u0003"]]);
    assert.equal(status, 130);
    assert.ok(stdout.endsWith("\u001b[?2004l"));
  });

  test("takes what is typed while the bot is busy, unseen", async () => {
    const { status, stdout } = await type([["Your ID?\r\n", `${secretId}\r`], ["Your account", "slow\r"], ["typing", "tell"], ["> tell", "\r"], ["Told.", "/quit\r"]]);
    assert.equal(status, 0, stdout);
    assert.doesNotMatch(plain(stdout), /typing \.\.\. t/);
  });

  test("refuses an output that is no terminal, for then nothing could be shown", async () => {
    const words = [join(import.meta.dirname, "pseudo-terminal.py"), "sh", "-c", `"${process.execPath}" "${cli}" chat "${bank}" | cat`];
    const { stdout } = await runProgram("python3", words, { input: "[]" });
    assert.match(stdout, /needs the terminal for its output too/);
  });

  test("has colours, but not with NO_COLOR", async () => {
    const words = [join(import.meta.dirname, "pseudo-terminal.py"), process.execPath, cli, "check", "bad-colour.json"];
    await file("bad-colour.json", "{}");
    const colour = /\u001b\[\d+m/;
    assert.match((await runProgram("python3", words, { input: "[]" })).stdout, colour);
    assert.doesNotMatch((await runProgram("python3", words, { input: "[]", env: { NO_COLOR: "1" } })).stdout, colour);
  });
});
