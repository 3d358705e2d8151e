/** Texts of every size and shape, in the browser: afterwards the chat is as wide as before, and somebody can write and is answered. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { phone } from "./assistive.mjs";
import { field, log, openChat, panel, says, useBank, write } from "./visit.mjs";

const bank = useBank();

const family = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}";
const zalgo = (text, marks) => [...text].map((one) => one + Array.from({ length: marks }, (_, at) => String.fromCodePoint(0x300 + ((at * 7) % 0x6f))).join("")).join("");
const text = (value) => ({ type: "text", text: value });
const words = {
  "a word": "x".repeat(4096),
  "an address": `https://bank.example/${"path".repeat(900)}`,
  "emoji": `${family}\u{1f44d}\u{1f3fd}\u{1f1ed}\u{1f1f7}`.repeat(3333),
  "emoji joined to one": Array(1000).fill("\u{1f468}").join("\u200d"),
  "zalgo": zalgo("He comes", 80),
  "bidi overrides": `\u202e${"txt.exe ".repeat(20)}\u2067\u2067\u202b unbalanced`,
  "isolates that end what nobody began": "\u2069\u2069\u202c\u202c after",
  "spaces and lines": `a${" ".repeat(2000)}b${"\n".repeat(50)}c${"\t".repeat(200)}d`,
  "wide signs": "\u{fdfd}\u{12031}\u{a66e}\u{2a6a5}".repeat(200),
  "no spaces at all": "\u00a0\u2060\u200d\ufeff".repeat(900) + "end",
};
const marked = {
  "code": `\`\`\`\n${"x".repeat(3000)}\n\`\`\``, "code in a line": `\`${"x".repeat(3000)}\``, "a table": `|${" head |".repeat(60)}\n|${"-|".repeat(60)}\n|${" cell |".repeat(60)}`,
  "lists in lists": Array.from({ length: 12 }, (_, at) => `${"  ".repeat(at)}- level ${at} ${"word".repeat(30)}`).join("\n"), "a list of large numbers": `999999999. *one*\n1000000000. two`,
  "quotations": `${"> ".repeat(40)}*deep*`, "a link": `[${"link".repeat(500)}](https://bank.example/${"x".repeat(2000)})`, "emphasis": `${"*a **b ".repeat(40)}${"** *".repeat(40)}`,
};

const botOf = (elements, more = {}, who = "W".repeat(64)) => JSON.stringify({
  latchkey: 1, id: "test-bank", name: "Test Bank assistant", attributes: [{ name: "answer", type: "text" }, { name: "who", type: "text", default: who }],
  ...more,
  dialogs: [
    { id: "default", elements: [text("Say a word.")] },
    { id: "go", keywords: ["go"], elements: [...elements, text("That was all.")] },
    { id: "echo", keywords: ["echo"], elements: [{ type: "saveResponse", attribute: "answer", text: "What?" }, text("<{{ answer }}>")] },
    { id: "authentication", kind: "authentication", elements: [{ type: "authentication", timeoutMinutes: 9, subject: "{{ who }}" }] },
    { id: "vault", secured: true, keywords: ["vault"], elements: [text("Come in.")] },
    { id: "ping", keywords: ["ping"], elements: [text("pong")] },
  ],
});

const screens = { "a desktop": { viewport: { width: 1280, height: 800 } }, "320 pixels": { viewport: { width: 320, height: 568 } }, "a phone": phone };

/** An open chat in which these elements were said; the last words are "That was all." */
async function hear(elements, options, more, who) {
  bank.files["/bot.json"] = botOf(elements, more, who);
  return listenTo(options);
}

async function listenTo(options) {
  const tab = await bank.visit(options, (one) => one.setDefaultTimeout(30_000));
  await openChat(tab);
  await says(tab, "Say a word.");
  await write(tab, "go");
  await says(tab, "That was all.");
  return tab;
}

/** Nothing is wider than the chat, and who writes is answered where it can be read. */
async function isUsable(tab) {
  const wide = await panel(tab).evaluate((dialog) => {
    const log = dialog.querySelector("latchkey-messages").shadowRoot.querySelector(".log");
    const { left, right } = dialog.getBoundingClientRect();
    const parts = [...dialog.querySelectorAll("header > *, footer"), ...log.querySelectorAll(".bubble, .options > *, .media, .media > *, latchkey-carousel, .words *, time, .notice")];
    const out = parts.filter((part) => { const box = part.getBoundingClientRect(); return box.width && (box.left < left - 1 || box.right > right + 1) && !part.closest(".cards"); });
    return [dialog.scrollWidth - dialog.clientWidth, log.scrollWidth - log.clientWidth, document.documentElement.scrollWidth > innerWidth, ...out.map(({ outerHTML }) => outerHTML.slice(0, 200))];
  });
  assert.deepEqual(wide, [0, 0, false]);
  await write(tab, "ping");
  await says(tab, "pong");
  const { width, height } = tab.viewportSize();
  for (const [name, part] of Object.entries({ field: field(tab), answer: log(tab).getByText("pong", { exact: true }).last(), heading: panel(tab).getByRole("heading") })) {
    const box = await part.boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height, `${name}: ${JSON.stringify(box)}`);
  }
  const room = (await log(tab).boundingBox()).height;
  assert.ok(room > (await panel(tab).boundingBox()).height * 0.4, `the messages have ${room} pixels`);
  assert.deepEqual(tab.errors, []);
}

/** For whoever wants to look: SHOTS names a folder. */
const shot = async (tab, name) => { if (process.env.SHOTS) await tab.screenshot({ path: `${process.env.SHOTS}/${name.replaceAll(" ", "-")}.png` }); };
const scrollTo = (tab, words) => log(tab).getByText(words).first().scrollIntoViewIfNeeded();

for (const [screen, options] of Object.entries(screens)) {
  describe(`on ${screen}`, () => {
    test("texts of every size", async () => {
      const tab = await hear([...Object.values(words).map(text), ...Object.values(marked).map(text)], options);
      await log(tab).locator(".markup").first().waitFor();
      const narrowest = await log(tab).evaluate((node) => Math.min(...[...node.querySelectorAll(".bubble li")].map((item) => item.getBoundingClientRect().width)));
      assert.ok(narrowest > 120 && narrowest < Infinity, `a list has ${narrowest} pixels for its words`);
      await shot(tab, `texts-${screen}-end`);
      for (const [name, part] of [["zalgo", "after"], ["spaces", "That was"], ["lists", "level 5"], ["table", "head"]]) { await scrollTo(tab, part); await shot(tab, `texts-${screen}-${name}`); }
      await isUsable(tab);
    });

    test("what a visitor writes", async () => {
      const tab = await hear([], options);
      for (const [name, each] of Object.entries(words)) {
        await write(tab, "echo");
        await says(tab, "What?");
        await write(tab, each);
        await log(tab).locator(".bot .bubble").filter({ hasText: /^</ }).nth(Object.keys(words).indexOf(name)).waitFor();
      }
      await shot(tab, `own-${screen}`);
      await isUsable(tab);
    });

    test("buttons and cards", async () => {
      const cards = Array.from({ length: 10 }, (_, at) => ({ title: `${at} ${"title".repeat(60)}`, text: `${"text".repeat(300)} ${words.zalgo}`, buttons: Array.from({ length: 10 }, (_, button) => ({ label: `${at}.${button} ${"label".repeat(20)}`, value: `${at}.${button}` })) }));
      const labels = ["b".repeat(2000), words.zalgo, words["bidi overrides"], family.repeat(100), ...Array.from({ length: 96 }, (_, at) => `Button ${at}`)];
      bank.files["/bot.json"] = botOf([{ type: "cards", cards }, { type: "saveResponse", attribute: "answer", text: "That was all.", freeText: true, options: labels.map((label) => ({ label, value: label })) }]);
      const tab = await listenTo(options);
      await shot(tab, `buttons-${screen}`);
      await scrollTo(tab, "0 title");
      await shot(tab, `cards-${screen}`);
      await write(tab, "any");
      await isUsable(tab);
    });

    test("a name of 200 characters, and a person of 64", async () => {
      const tab = await hear([], options, { name: `The ${"Very Long ".repeat(10)}${"X".repeat(92)} End` });
      await write(tab, "vault");
      await says(tab, "Come in.");
      await panel(tab).getByText(/^Signed in as .WWW/).waitFor();
      await shot(tab, `name-${screen}`);
      await isUsable(tab);
    });
  });
}

describe("text in both directions", () => {
  test("turns nothing around that stands beside it: each message is an isolate of its own", async () => {
    const tab = await hear([text("\u202eABC \u2067\u2067\u2066 (open)"), text("Plain 1, 2 (three)."), text("\u2069\u202c Plain 1, 2 (three).")], {}, { name: "\u202eBank \u2067(bot)" }, "Ada\u2069\u202e");
    const left = (part, from, to) => part.evaluate((node, [from, to]) => {
      const range = document.createRange();
      const leaf = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      let place = leaf.nextNode();
      while (!place.data.trim()) place = leaf.nextNode();
      const boxes = [from, to].map((at) => { range.setStart(place, at); range.setEnd(place, at + 1); return range.getBoundingClientRect().left; });
      return Math.sign(boxes[1] - boxes[0]);
    }, [from, to]);
    assert.equal(await left(log(tab).getByText("Plain 1", { exact: false }).first(), 0, 8), 1);
    assert.equal(await left(panel(tab).getByText("Virtual assistant"), 0, 8), 1);
    assert.equal(await left(log(tab).getByText(/ABC/), 1, 3), -1, "it is turned around itself");
    await write(tab, "vault");
    await says(tab, "Come in.");
    const standing = panel(tab).locator(".signed-in span");
    const told = await standing.textContent();
    assert.match(told, /^Signed in as .*Ada.* until/);
    assert.equal(await left(standing, told.indexOf("until"), told.indexOf("until") + 4), 1, "a name does not turn around what follows it");
    for (const isolate of await log(tab).locator(".bubble").evaluateAll((all) => all.map((node) => getComputedStyle(node).unicodeBidi))) assert.equal(isolate, "isolate");
    await isUsable(tab);
  });
});

describe("ten thousand messages", () => {
  test("are appended and restored, and the chat answers", async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => text(`Message ${at}`));
    const turns = [];
    for (let at = 0; at < many.length; at += 900) turns.push(...many.slice(at, at + 900), { type: "delay", seconds: 0 });
    const tab = await hear(turns, {});
    assert.equal(await log(tab).locator(".bubble").count(), 10_003);
    await isUsable(tab);
    await tab.reload();
    await says(tab, "pong");
    assert.equal(await log(tab).locator(".bubble").count(), 10_005);
    await isUsable(tab);
  });

  test("that come quickly leave nothing behind that would move and cost every frame", async () => {
    const tab = await hear([], { reducedMotion: "no-preference" });
    await tab.evaluate(async () => {
      const chat = document.querySelector("latchkey-chat");
      for (let at = 0; at < 150; at++) await chat.send("ping");
    });
    await log(tab).getByText("pong", { exact: true }).nth(149).waitFor();
    // An animation where nothing is laid out does not end.
    const names = await log(tab).evaluate((list) => [...list.querySelectorAll(".block:not(:last-child) > *")].map((row) => getComputedStyle(row).animationName));
    assert.ok(names.length > 100);
    assert.deepEqual(names.filter((name) => name !== "none"), []);
  });

  test("a hundred cards in a row, as somebody may have stored them, can be gone through", async () => {
    const tab = await hear([], {});
    await tab.evaluate(() => {
      const stored = JSON.parse(sessionStorage.getItem("latchkey:test-bank"));
      const cards = Array.from({ length: 100 }, (_, at) => ({ title: `Card ${at + 1}`, buttons: [{ label: "Take it", value: at }] }));
      stored.transcript.entries.push({ from: "bot", at: Date.now(), message: { kind: "cards", cards } });
      sessionStorage.setItem("latchkey:test-bank", JSON.stringify(stored));
    });
    await tab.reload();
    await log(tab).getByText("1 / 100").waitFor();
    await log(tab).getByRole("button", { name: "Next card" }).click();
    await log(tab).getByText("2 / 100").waitFor();
    await isUsable(tab);
  });
});

describe("what is longer than a message may be", () => {
  for (const [name, typed, kept] of [
    ["emoji of many parts", family.repeat(500), family.repeat(372)],
    ["a letter with its marks", "e".repeat(4089) + zalgo("aeiou", 5), "e".repeat(4089) + zalgo("a", 5)],
    ["flags", "x" + "\u{1f1ed}\u{1f1f7}".repeat(1100), "x" + "\u{1f1ed}\u{1f1f7}".repeat(1023)],
    ["a new line of two characters", `${"y".repeat(4095)}\u{1f600}`, "y".repeat(4095)],
  ]) test(`is cut between two characters as a reader sees them, and says so: ${name}`, async () => {
    const tab = await hear([], {});
    await field(tab).fill(typed);
    await panel(tab).getByText("A message holds 4,096 characters. The rest was left out.").waitFor();
    assert.equal(await field(tab).inputValue(), kept);
    await field(tab).press("Enter");
    assert.equal(await log(tab).locator(".user .bubble").last().textContent(), kept);
    await isUsable(tab);
  });
});
