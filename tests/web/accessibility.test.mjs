import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { focused, isAccessible, listen, phone, surroundings } from "./assistive.mjs";
import { askToEnd, field, launcher, log, openChat, panel, says, signIn, useBank, usualAnswers, write } from "./visit.mjs";

const bank = useBank();

for (const [name, options] of Object.entries(surroundings)) {
  test(`axe finds nothing in any state: ${name}`, async () => {
    const tab = await bank.visit(options);
    await isAccessible(tab, "closed");
    await signIn(tab, "C-9999");
    await says(tab, "That ID was not recognised.");
    await isAccessible(tab, "with answers to choose from");
    await tab.getByRole("button", { name: "Try again" }).click();
    await says(tab, "What is your customer ID?");
    await isAccessible(tab, "with a masked field");
    bank.answer = () => ({ after: new Promise(() => {}) });
    await write(tab, "C-1001");
    await write(tab, "more");
    await log(tab).getByText("Sending").waitFor();
    await isAccessible(tab, "waiting");
    await askToEnd(tab);
    await isAccessible(tab, "asking whether to end");
    await tab.getByRole("group", { name: "End this chat?" }).getByRole("button", { name: "End chat" }).click();
    await isAccessible(tab, "ended");
    bank.reset();
    await tab.getByRole("button", { name: "Start again" }).click();
    await write(tab, "C-1001");
    await panel(tab).getByText(/^Signed in (as .* )?until/).waitFor();
    await isAccessible(tab, "signed in");
  });
}

test("axe finds nothing when the chat is not available", async () => {
  bank.files["/bot.json"] = { status: 404, body: "" };
  const tab = await bank.visit();
  await launcher(tab).click();
  await tab.getByText(/^The chat is not available/).waitFor();
  await isAccessible(tab, "not available");
});

describe("the keyboard", () => {
  test("reaches everything, and the focus comes back", async () => {
    const tab = await bank.visit();
    await tab.keyboard.press("Tab");
    await tab.keyboard.press("Tab");
    assert.equal(await focused(tab), "Open chat");
    await tab.keyboard.press("Enter");
    await says(tab, "What is your customer ID?");
    assert.equal(await focused(tab), "Your answer, hidden while you type");
    await tab.keyboard.type("C-9999");
    await tab.keyboard.press("Tab");
    assert.equal(await focused(tab), "Show what I type");
    await tab.keyboard.press("Tab");
    assert.equal(await focused(tab), "Send");
    await tab.keyboard.press("Enter");
    await says(tab, "That ID was not recognised.");
    await tab.keyboard.press("Shift+Tab");
    assert.equal(await focused(tab), "End chat");
    await tab.keyboard.press("Shift+Tab");
    assert.equal(await focused(tab), "Speak to an agent");
    await tab.keyboard.press("Shift+Tab");
    await tab.keyboard.press("Space");
    await says(tab, "What is your customer ID?");
    assert.equal(await focused(tab), "Your answer, hidden while you type");
    await tab.keyboard.press("Escape");
    assert.equal(await focused(tab), "Open chat");
    assert.equal(await panel(tab).count(), 0);
  });

  test("takes back the question whether to end with Escape", async () => {
    const tab = await bank.visit();
    await openChat(tab);
    await askToEnd(tab);
    assert.equal(await focused(tab), "Keep chatting");
    await tab.keyboard.press("Escape");
    assert.equal(await focused(tab), "Your answer, hidden while you type");
    await tab.keyboard.press("Escape");
    assert.equal(await focused(tab), "Open chat");
  });

  test("writes more lines with Shift and Enter", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await tab.getByRole("button", { name: "Leave a note" }).click();
    await says(tab, "What shall I note?");
    await tab.keyboard.type("one");
    await tab.keyboard.press("Shift+Enter");
    await tab.keyboard.type("two");
    await tab.keyboard.press("Enter");
    assert.equal(await log(tab).getByText("one").first().innerText(), "one\ntwo");
  });

  test("stays in the chat where it fills the screen", async () => {
    const tab = await bank.visit(phone);
    await openChat(tab);
    for (let step = 0; step < 12; step++) {
      // After the last stop the focus is the browser's own, and "body" for the page.
      assert.match(await tab.evaluate(() => document.activeElement.localName), /^(latchkey-chat|body)$/);
      assert.notEqual(await tab.evaluate(() => document.activeElement.shadowRoot?.activeElement?.localName), "button", "the launcher is out of reach");
      await tab.keyboard.press("Tab");
    }
    const { width, height } = await panel(tab).boundingBox();
    assert.deepEqual([width, height], [390, 844]);
    const size = await field(tab).evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
    assert.ok(size >= 16, "or a phone zooms in on focus");
    await tab.keyboard.press("Escape");
    assert.equal(await focused(tab), "Open chat");
  });
});

test("new messages come once into a live region that was there before them", async () => {
  const tab = await bank.visit({}, listen);
  await signIn(tab, "C-9999");
  await says(tab, "That ID was not recognised.");
  const announced = await tab.evaluate(() => globalThis.announced);
  assert.equal(announced[0], "region: ");
  const times = (text) => announced.filter((line) => line.includes(text)).length;
  for (const text of ["Welcome to Test Bank.", "What is your customer ID?", "••••9999", "That ID was not recognised.", "Try again"]) {
    assert.equal(times(text), 1, `${text}: ${JSON.stringify(announced)}`);
  }
});

test("what was said before a reload is not announced again, what comes after it is", async () => {
  const tab = await bank.visit({}, listen);
  await signIn(tab, "C-9999");
  await says(tab, "That ID was not recognised.");
  await tab.reload();
  await log(tab).getByRole("button", { name: "Try again" }).click();
  await log(tab).getByText("What is your customer ID?").nth(1).waitFor();
  assert.deepEqual(await tab.evaluate(() => globalThis.announced), ["region: ", "You say:Try again", "Test Bank assistant says:What is your customer ID?"]);
});

test("what was said is not announced again when the sign-in ends, nor after the next one", async () => {
  const tab = await bank.visit({}, listen);
  await signIn(tab);
  await says(tab, "What can I do for you?");
  await log(tab).getByRole("button", { name: "Sign out" }).click();
  await says(tab, "What was said while signed in is hidden");
  await tab.evaluate(() => (globalThis.announced.length = 0));
  await write(tab, "C-1001");
  await tab.getByText("Your balance is EUR 2,418.32.").nth(1).waitFor();
  await tab.getByRole("button", { name: "Balance" }).waitFor();
  const times = (lines, text) => lines.filter((line) => line.includes(text)).length;
  const announced = await tab.evaluate(() => globalThis.announced);
  for (const text of ["You are signed in", "Your balance is EUR 2,418.32.", "What can I do for you?"]) {
    assert.equal(times(announced, text), 1, `${text}: ${JSON.stringify(announced)}`);
  }
  for (const text of ["Welcome to Test Bank.", "You are signed out"]) assert.equal(times(announced, text), 0, text);
});

describe("the focus", () => {
  test("stays on the option that has it when the sign-in ends", async () => {
    const tab = await bank.visit({}, (other) => other.clock.install());
    await signIn(tab);
    await tab.getByRole("button", { name: "Leave a note" }).focus();
    await tab.clock.fastForward("31:00");
    await says(tab, "Your sign-in time is over. Sign in again to go on.");
    assert.equal(await focused(tab), "Leave a note");
  });

  test("moves to the way on when the bot ends the chat", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await tab.getByRole("button", { name: "Goodbye" }).focus();
    await tab.keyboard.press("Enter");
    await panel(tab).getByText("This chat has ended.").waitFor();
    assert.equal(await focused(tab), "Start again");
    await tab.keyboard.press("Enter");
    await says(tab, "What is your customer ID?");
    await write(tab, "C-9999");
    await says(tab, "That ID was not recognised.");
    await write(tab, "Speak to an agent");
    await panel(tab).getByText(/^The chat was passed on\. /).waitFor();
    assert.equal(await focused(tab), "Start again");
  });

  test("stays on the page when the bot ends the chat without it", async () => {
    const { promise: after, resolve: answer } = Promise.withResolvers();
    bank.answer = (request) => ({ ...usualAnswers(request), after });
    const tab = await bank.visit();
    await signIn(tab);
    await write(tab, "Goodbye");
    await tab.getByRole("link").focus();
    answer();
    await panel(tab).getByText("This chat has ended.").waitFor();
    assert.equal(await focused(tab), "link");
  });
});

describe("a page at 400 %", () => {
  for (const viewport of [{ width: 320, height: 256 }, { width: 320, height: 200 }, { width: 640, height: 400 }]) {
    test(`shows everything: ${viewport.width} x ${viewport.height}`, async () => {
      const tab = await bank.visit({ viewport });
      await signIn(tab);
      await says(tab, "What can I do for you?");
      await panel(tab).getByText(/^Signed in (as .* )?until/).waitFor();
      assert.ok((await log(tab).boundingBox()).height >= 60);
      await askToEnd(tab);
      for (const part of [tab.getByText("End this chat?"), tab.getByRole("group").getByRole("button", { name: "End chat" })]) {
        await part.scrollIntoViewIfNeeded();
        const { y, height } = await part.boundingBox();
        assert.ok(y >= 0 && y + height <= viewport.height, `${y} + ${height}`);
      }
    });
  }
});
