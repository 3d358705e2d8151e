/** What `latchkey graph` draws: the graph itself, and what Mermaid and a real browser make of it. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { botWith, corpus, file, folder, run, say } from "./cli-run.mjs";
import { loadSource } from "./load-source.mjs";
import { launchBrowser } from "./site.mjs";

const to = (dialog, rest = {}) => ({ type: "toDialog", dialog, ...rest });
const get = (url, rest = {}) => ({ type: "api", method: "GET", url, ...rest });
const closeSession = { type: "closeSession" };
const when = (test, ...elements) => ({ if: test, elements });

/** Leads in every way there is. */
const every = botWith([
  { id: "default", elements: [say("Hello."), to("menu")] },
  { id: "menu", name: "Menu", keywords: ["menu", "help"], elements: [{
    type: "userInput", text: "What now?",
    branches: [
      { label: "My account", elements: [to("account")] },
      { keywords: ["bye", "quit"], elements: [closeSession] },
      { label: "Again", elements: [to("menu")] },
    ],
    else: [{ type: "toAgent" }],
  }] },
  { id: "sign in", kind: "authentication", maxAttempts: 3, lockedDialog: "locked", elements: [
    get("https://api.example/{{ id }}/verify?a=b", { save: { status: "status" }, fallback: { elements: [to("locked")] } }),
    { type: "conditions", branches: [
      when({ all: [{ attribute: "status", is: 200 }, { any: [{ attribute: "id", isNull: false }, { not: { attribute: "id", startsWith: "X" } }] }] },
        { type: "authentication", timeoutMinutes: 30, subject: "{{ id }}" }),
      when({ attribute: "status", in: [401, 403] }, to("who")),
    ], else: [to("locked")] },
  ] },
  { id: "account", name: "Your account", secured: true, elements: [
    get("/me"), get("/me"), { type: "api", method: "DELETE", url: "/me/session" }, { type: "signOut" },
    { type: "conditions", branches: [when({ attribute: "authenticated", is: true }, to("menu")), when({ attribute: "status", atLeast: 500 }, to("menu"))] },
  ] },
  { id: "who", elements: [
    { type: "saveResponse", attribute: "id", text: "Your ID?", fallback: { elements: [to("locked")] } },
    to("account", { resumePending: true }),
  ] },
  { id: "locked", elements: [say("Locked."), { type: "cards", cards: [
    { title: "Or", buttons: [{ label: "To the menu", value: "Help!" }, { label: "Call us", url: "tel:+123456789" }, { label: "Menu" }, { label: "Nowhere" }] },
  ] }] },
  { id: "over", kind: "sessionExpired", elements: [say("Time is over.")] },
], {
  name: "Every way",
  attributes: [{ name: "id", type: "text" }, { name: "status", type: "number" }],
  settings: { apiOrigins: ["self", "https://api.example"], sessionMinutes: 20, fallback: { elements: [to("menu")] } },
});

const everyAsMermaid = `---
title: "Every way"
---
flowchart TD
  n0["default"]
  n1["Menu<br/>⌨ menu, help"]
  n2{{"sign in<br/>⇄ GET api.example/{id}/verify<br/>signs in for 30 min"}}
  n3[["🔒 Your account<br/>account<br/>⇄ GET /me<br/>⇄ DELETE /me/session<br/>signs out"]]
  n4["who"]
  n5["locked"]
  n6[/"over<br/>after 20 min without a message"/]
  n7(("Start"))
  n8(["Session ends"])
  n9(["Hand-over"])
  n10>"Fallback of the bot"]
  n7 -.-> n0
  n0 --> n1
  n1 -->|"My account"| n3
  n1 -->|"bye"| n8
  n1 -->|"Again"| n1
  n1 -.-> n9
  n2 -.->|"no answer"| n5
  n2 -->|"status in 401, 403"| n4
  n2 -->|"else"| n5
  n2 -.->|"after 3 wrong attempts"| n5
  n3 -->|"authenticated<br/>status ≥ 500"| n1
  n3 <-.->|"sign in"| n2
  n4 -.-> n5
  n4 -->|"or what is pending"| n3
  n5 -->|"To the menu<br/>Menu"| n1
  n6 -.-> n8
  n10 --> n1
  classDef secured stroke:#8250df,stroke-width:2px
  class n3 secured
  classDef authentication stroke:#1a7f37,stroke-width:2px
  class n2 authentication
`;

/** What means something to Mermaid, XML, HTML, Markdown or a terminal. */
const hostile = [
  "end", "subgraph end", 'a"b', "a]b})>|", "<script>alert(1)</script>", "a & b &amp; #quot; #35;", "`code`", "1. list", "- list", "+ list",
  "fa:fa-ban", "$$x^2$$", "%% comment", "%%{init: {'theme': 'dark'}}%%", "click n0 href \"x\"", "*a* _b_ ~~c~~", "[a](b) ![c](d)", "]]>",
  "x@{ shape: circle }", "漢字 عربى ñ 🔑", "n0 --> n1;", "\\", "'", "{{ id }}", "class n0 x", "C:\\path\\n", "&#x22;", "--- title", " ",
];

describe("latchkey graph", () => {
  before(() => file("every.json", every));

  test("prints Mermaid text: every dialog, and every way from one to another", async () => {
    assert.deepEqual(await run(["graph", "every.json"]), { status: 0, signal: null, stdout: everyAsMermaid, stderr: "" });
  });

  test("writes files when it is told to, and prints nothing then", async () => {
    const { status, stdout } = await run(["graph", "every.json", "--mermaid", "drawn/every.mmd", "--svg", "drawn/every.svg"]);
    assert.deepEqual([status, stdout], [0, ""]);
    assert.equal(await readFile(join(folder, "drawn/every.mmd"), "utf8"), everyAsMermaid);
    assert.match(await readFile(join(folder, "drawn/every.svg"), "utf8"), /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    assert.equal((await run(["graph", "every.json", "--svg", "drawn"])).stderr, "latchkey: drawn: This is a folder; name a file in it.\n");
  });

  test("lets warnings pass, and prints the problems of a bot with errors", async () => {
    const lonely = { id: "lonely", elements: [say("x")] };
    await file("warned-graph.json", botWith([{ id: "default", elements: [say("x")] }, lonely]));
    assert.equal((await run(["graph", "warned-graph.json"])).status, 0);
    await file("bad-graph.json", botWith([{ id: "default", elements: [to("nowhere")] }, lonely]));
    const { status, stdout, stderr } = await run(["graph", "bad-graph.json"]);
    assert.match(stderr, /bad-graph\.json:\d+:\d+ error unknownDialog at \/dialogs\/0\/elements\/0\/dialog\n/);
    assert.match(stderr, /warning unreachableDialog/);
    assert.equal(stdout, "");
    assert.equal(status, 1);
  });

  test("draws no picture that nobody could read, but any number of dialogs as text", async () => {
    const many = Array.from({ length: 501 }, (_, i) => ({ id: i === 0 ? "default" : `d${i}`, elements: [to(i === 500 ? "default" : `d${i + 1}`)] }));
    many[1].elements.unshift({ type: "delay", seconds: 1 });
    await file("many-dialogs.json", botWith(many));
    const { status, stderr } = await run(["graph", "many-dialogs.json", "--svg", "many.svg"]);
    assert.equal(stderr, "latchkey: A picture of 501 dialogs cannot be read; 500 are the most. Mermaid text takes any number.\n");
    assert.equal(status, 2);
    assert.match((await run(["graph", "many-dialogs.json"])).stdout, /\n {2}n500\["d500"\]\n/);
  });
});

describe("in a browser", () => {
  let browser;
  let page;
  before(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto("data:text/html,<!doctype html><title>x</title><main></main>");
    await page.addScriptTag({ path: join(import.meta.dirname, "../../web/node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js") });
    await page.evaluate(() => mermaid.initialize({ startOnLoad: false }));
  });
  after(() => browser.close());

  /** What Mermaid shows of a text: the nodes' and the lines' labels, line by line. */
  const shownByMermaid = (text) => page.evaluate(async (source) => {
    const { svg } = await mermaid.render("drawn", source);
    const main = document.querySelector("main");
    main.innerHTML = svg;
    const lines = (label) => label.innerHTML.replaceAll(/<\/?(p|span)[^>]*>/g, "").split(/<br ?\/?>/)
      .map((line) => new DOMParser().parseFromString(line, "text/html").body.textContent.replaceAll("\u2060", ""));
    return {
      nodes: Object.fromEntries([...main.querySelectorAll(".node")].map((node) => [/flowchart-(n\d+)-/.exec(node.id)[1], lines(node.querySelector(".nodeLabel"))])),
      lines: [...main.querySelectorAll(".edgeLabel .label .edgeLabel")].map(lines),
      strange: main.querySelectorAll("script, i, a, img, strong, em, code, ul, ol, .katex").length,
    };
  }, text);

  test("Mermaid shows whatever is in the bot as text, and as nothing else", async () => {
    const dialogs = hostile.map((name, i) => ({
      id: i === 0 ? "default" : `d${i}`, name, keywords: i === 0 ? [] : [`k${i} ${name}`.replaceAll("\\", "/")],
      elements: [{ type: "userInput", text: "x", branches: [{ label: name.replaceAll("{{", "{"), elements: [to(i + 1 < hostile.length ? `d${i + 1}` : "default")] }] }],
    }));
    await file("hostile.json", botWith(dialogs, { name: hostile.join(" ") }));
    const { stdout, stderr } = await run(["graph", "hostile.json"]);
    assert.equal(stderr, "");
    const shown = await shownByMermaid(stdout);
    assert.equal(shown.strange, 0);
    for (const [i, name] of hostile.entries()) assert.equal(shown.nodes[`n${i}`][0].trim(), name.trim());
    assert.deepEqual(shown.lines.map(([line]) => line).filter((line) => line !== ""), hostile.map((name) => name.trim().replaceAll("{{", "{") || "\u00a0"));
  });

  test("Mermaid takes the bots of the tests and of the demo", async () => {
    const { graphOf, mermaidOf } = await loadSource(["cli/graph/dialog-graph.ts", "cli/graph/mermaid.ts"]);
    const folders = [join(corpus, "bots"), join(import.meta.dirname, "../../web/demo/bots")];
    const lists = await Promise.all(folders.map(async (folder) => (await readdir(folder)).filter((name) => !name.includes("conversations")).map((name) => join(folder, name))));
    for (const bot of lists.flat()) {
      const text = mermaidOf(graphOf(JSON.parse(await readFile(bot, "utf8"))));
      const parsed = await page.evaluate((source) => mermaid.parse(source).then(({ diagramType }) => diagramType, String), text);
      assert.match(parsed, /^flowchart/, bot);
    }
  });

  /** A picture in a page of its own, as a browser shows the file. */
  async function open(name, content, options = {}) {
    const path = await file(`${name}.json`, content);
    const { status, stderr } = await run(["graph", path, "--svg", `${name}.svg`]);
    assert.deepEqual([status, stderr], [0, ""]);
    const picture = await browser.newPage(options);
    const requests = [];
    picture.on("request", (request) => requests.push(request.url()));
    await picture.goto(`file://${join(folder, name)}.svg`);
    return { picture, requests };
  }

  /** The rectangles of what may not lie on each other, and texts that are larger than what they are in. */
  const measure = () => {
    const plain = ({ left, top, right, bottom }) => ({ left, top, right, bottom });
    const groups = [...document.querySelectorAll(".node, .start, .label")];
    const rects = groups.map((group) => ({ name: group.textContent, ...plain((group.querySelector("rect, circle")).getBoundingClientRect()) }));
    const spilling = groups.flatMap((group, i) => [...group.querySelectorAll("text")].filter((text) => {
      const inner = text.getBoundingClientRect();
      return inner.left < rects[i].left || inner.right > rects[i].right || inner.top < rects[i].top - 1 || inner.bottom > rects[i].bottom + 1;
    }).map((text) => text.textContent));
    const lines = [...document.querySelectorAll("path.line")].filter((path) => !path.closest(".legend")).map((path) => {
      const length = path.getTotalLength();
      const matrix = path.getCTM();
      return Array.from({ length: Math.ceil(length / 4) }, (_, i) => path.getPointAtLength(Math.min(length - 4, 4 + i * 4)).matrixTransform(matrix)).map(({ x, y }) => ({ x, y }));
    });
    return { rects, spilling, lines, nodes: rects.slice(0, document.querySelectorAll(".node, .start").length) };
  };

  const overlaps = (rects) => rects.flatMap((a, i) => rects.slice(i + 1).filter((b) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1).map((b) => `${a.name} | ${b.name}`));

  const readBot = async (path) => JSON.parse(await readFile(join(import.meta.dirname, "../..", path), "utf8"));
  const pictures = {
    every: () => every,
    bank: () => readBot("tests/conversations/bots/bank.json"),
    demo: () => readBot("web/demo/bots/acme-bank.json"),
    appointments: () => readBot("web/demo/bots/appointment.json"),
    crowd: () => crowd(),
  };
  for (const [name, bot] of Object.entries(pictures)) {
    test(`the picture of "${name}" can be read: nothing overlaps, and no line runs through a dialog`, async () => {
      const { picture, requests } = await open(`picture-${name}`, await bot());
      const { rects, spilling, lines } = await picture.evaluate(measure);
      assert.ok(rects.length > 8);
      assert.deepEqual(spilling, []);
      assert.deepEqual(overlaps(rects), []);
      const nodes = await picture.evaluate(() => [...document.querySelectorAll(".node rect")].map((rect) => {
        const { left, top, right, bottom } = rect.getBoundingClientRect();
        return { left, top, right, bottom };
      }));
      const inside = lines.flat().filter(({ x, y }) => nodes.some(({ left, top, right, bottom }) => x > left + 2 && x < right - 2 && y > top + 2 && y < bottom - 2));
      assert.ok(lines.flat().length > 0);
      assert.deepEqual(inside, []);
      assert.equal(requests.length, 1);
      await picture.close();
    });
  }

  /** Many dialogs that lead to the same few. */
  function crowd() {
    const dialogs = Array.from({ length: 40 }, (_, i) => ({
      id: `d${i}`, name: `Dialog ${i} ${"with a name ".repeat(i % 4)}`, keywords: [`word ${i}`, `another word ${i}`], secured: i % 5 === 0,
      elements: [...(i % 3 ? [] : [get(`https://api.example/${"long/".repeat(i)}`)]), { type: "userInput", text: "x", branches: [
        { label: "Go on", elements: [to(`d${Math.min(39, i + 1 + (i % 3))}`)] }, { label: "Back to the beginning", elements: [to("d1")] }, { label: "Agent", elements: [{ type: "toAgent" }] },
      ], else: [closeSession] }],
    }));
    return botWith([{ id: "default", elements: [to("d1")] }, { id: "sign in", kind: "authentication", elements: [{ type: "authentication", never: true, subject: "x" }] }, ...dialogs],
      { settings: { apiOrigins: ["https://api.example"] } });
  }

  test("lines that would be hard to follow become references", async () => {
    const { picture } = await open("crowd", crowd());
    const shown = await picture.evaluate(() => [...document.querySelectorAll(".node.reference text")].map(({ textContent }) => textContent));
    assert.equal(shown.filter((text) => text === "↗ Hand-over").length, 39);
    assert.ok(await picture.evaluate(() => document.querySelectorAll(".node.handOver").length === 1));
    await picture.close();
  });

  test("whatever is in the bot is text in the picture, and nothing runs", async () => {
    const names = [...hostile, "</title></svg><script>alert(1)</script>", "]]><x/>", "a\u0001b"];
    const dialogs = names.map((name, i) => ({ id: i === 0 ? "default" : `d${i}`, name, elements: [to(i + 1 < names.length ? `d${i + 1}` : "default"), { type: "delay", seconds: 1 }] }));
    const dialog = [];
    const { picture } = await open("hostile-picture", botWith(dialogs, { name: "</title><script>alert(2)</script>" }), {});
    picture.on("dialog", (shown) => dialog.push(shown.message()));
    await picture.reload();
    const texts = await picture.evaluate(() => [...document.querySelectorAll(".node .name")].map(({ textContent }) => textContent));
    assert.deepEqual(texts.slice(0, hostile.length), hostile.map((name) => name.trim()));
    assert.equal(await picture.evaluate(() => document.querySelectorAll("script, parsererror, x").length), 0);
    assert.equal(await picture.evaluate(() => document.querySelector("title").textContent), "</title><script>alert(2)</script>: the dialogs");
    assert.deepEqual(dialog, []);
    await picture.close();
  });

  test("is told in words too, and is light or dark as is wished", async () => {
    const { picture } = await open("words", every);
    const svg = await picture.evaluate(() => {
      const root = document.documentElement;
      return { role: root.getAttribute("role"), words: root.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id).textContent) };
    });
    assert.equal(svg.role, "img");
    assert.equal(svg.words[0], "Every way: the dialogs");
    assert.match(svg.words[1], /^7 dialogs: default, Menu, .*\. Secured: Your account\. From .*Menu to Your account \(My account\)/);
    assert.equal(await picture.evaluate(() => document.querySelector(".secured title").textContent),
      "Secured dialog Your account (account)\nRequest: GET /me\nRequest: DELETE /me/session\nsigns out");
    const contrast = () => picture.evaluate(() => {
      const light = (colour) => {
        const [r, g, b] = colour.match(/[\d.]+/g).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const fill = (element) => light(getComputedStyle(element).fill);
      const paper = fill(document.querySelector(".paper"));
      return [...document.querySelectorAll("text")].map((text) => {
        const behind = text.closest(".node:not(.reference)") ? fill(text.closest(".node").querySelector("rect")) : paper;
        const [a, b] = [fill(text), behind].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
      });
    });
    for (const colorScheme of ["light", "dark"]) {
      await picture.emulateMedia({ colorScheme });
      assert.ok(Math.min(...await contrast()) >= 4.5, colorScheme);
      assert.equal(await picture.evaluate(() => getComputedStyle(document.querySelector(".paper")).fill), colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(13, 17, 23)");
    }
    await picture.close();
  });
});
