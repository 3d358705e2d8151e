/** The field fits the kind of answer that the bot waits for. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { focused, isAccessible, moreIsThere, phone, surroundings } from "./assistive.mjs";
import { field, log, openChat, panel, panelElement, says, useBank, write } from "./visit.mjs";

const bank = useBank();

const attributes = (locator, ...names) => locator.evaluate((node, wanted) => wanted.map((name) => node.getAttribute(name)), names);

/** A bot that asks for an attribute of a type, and says what it got. */
const asks = (type, sensitive = false) => (bank.files["/bot.json"] = JSON.stringify({
  latchkey: 1,
  id: "test-bank",
  name: "Test Bank assistant",
  attributes: [{ name: "answer", type, sensitive }],
  dialogs: [
    { id: "default", elements: [
      { type: "saveResponse", attribute: "answer", text: "Which one?", repeatText: "That is none. Which one?", repeat: 3 },
      { type: "text", text: "Noted: {{ answer }}" } ] },
  ],
}));

async function asked(type, options, sensitive) {
  asks(type, sensitive);
  const tab = await bank.visit(options);
  await openChat(tab);
  await says(tab, "Which one?");
  return tab;
}

describe("a date", () => {
  const calendar = (tab) => panel(tab).getByRole("button", { name: "Choose a date" });
  /** Stands in for the browser's calendar, which no test can press. */
  const pick = (tab, day) => calendar(tab).evaluate((button, value) => {
    const input = button.nextElementSibling;
    input.showPicker = () => {
      input.value = value;
      input.dispatchEvent(new Event("change"));
    };
  }, day);

  test("is chosen from the browser's calendar, and sent like any text", async () => {
    const tab = await asked("date");
    await calendar(tab).waitFor();
    await pick(tab, "2026-04-01");
    await calendar(tab).press("Enter");
    assert.equal(await field(tab).inputValue(), "2026-04-01");
    assert.equal(await focused(tab), "Your message");
    await tab.keyboard.press("Enter");
    await says(tab, "2026-04-01");
    await log(tab).getByText(/^Noted: /).waitFor();
    assert.equal(await calendar(tab).count(), 0);
    assert.deepEqual(tab.errors, []);
  });

  test("opens the calendar at what was typed", async () => {
    const tab = await asked("date");
    await calendar(tab).waitFor();
    await field(tab).fill("2026-02-03");
    assert.equal(await calendar(tab).evaluate((button) => button.nextElementSibling.value), "2026-02-03");
  });

  test("may be typed, and so may a question", async () => {
    const tab = await asked("date");
    await write(tab, "Which day is best?");
    await says(tab, "Which day is best?");
    await says(tab, "That is none. Which one?");
  });

  test("that is sensitive is never shown in a calendar", async () => {
    const tab = await asked("date", {}, true);
    await moreIsThere(tab);
    assert.equal(await calendar(tab).count(), 0);
    assert.equal(await field(tab).getAttribute("type"), "password");
  });

  test("is typed where the browser refuses a calendar, or its code does not come", async () => {
    const tab = await asked("date");
    await calendar(tab).evaluate((button) => (button.nextElementSibling.showPicker = () => { throw new DOMException("no", "SecurityError"); }));
    await calendar(tab).click();
    assert.deepEqual(tab.errors, []);
    bank.files["/latchkey-more.js"] = { status: 404, body: "" };
    const other = await asked("date");
    await write(other, "2026-04-01");
    await log(other).getByText(/^Noted: /).waitFor();
  });

  for (const [name, options] of Object.entries(surroundings)) {
    test(`is accessible: ${name}`, async () => {
      const tab = await asked("date", options);
      await calendar(tab).waitFor();
      const { width, height } = await calendar(tab).boundingBox();
      assert.ok(width >= 24 && height >= 24);
      await isAccessible(tab, "asking for a date");
    });
  }
});

describe("the keyboard of a phone and what the browser fills in", () => {
  const kinds = { number: ["decimal", "off"], email: ["email", "email"], phone: ["tel", "tel"], url: ["url", "url"], text: ["text", "off"] };
  for (const [type, [keyboard, autofill]] of Object.entries(kinds)) {
    test(`fit an answer of type ${type}, and a sensitive one is never filled in`, async () => {
      const tab = await asked(type, phone);
      assert.deepEqual(await attributes(field(tab), "inputmode", "autocomplete"), [keyboard, autofill]);
      const hidden = await asked(type, phone, true);
      assert.deepEqual(await attributes(field(hidden), "type", "inputmode", "autocomplete"), ["password", keyboard, "off"]);
    });
  }
});

test("an answer that was not valid is marked at the field, in the bot's words, until another is written", async () => {
  const tab = await asked("date");
  await write(tab, "no date");
  await says(tab, "That is none. Which one?");
  await panel(tab).locator('[aria-invalid="true"]').waitFor();
  assert.equal(await field(tab).evaluate((node) => node.getRootNode().getElementById(node.getAttribute("aria-describedby")).textContent), "That is none. Which one?");
  await isAccessible(tab, "with an answer that was not valid");
  assert.equal(await panel(tab).getByRole("status").filter({ hasText: "That is none" }).count(), 0, "the message itself was announced");
  await field(tab).fill("2");
  assert.equal(await field(tab).getAttribute("aria-invalid"), "false");
});
