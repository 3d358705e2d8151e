/** The header while somebody is signed in: who, for how long, the warning before the end, and the way out. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { focused, isAccessible, listen, phone, surroundings } from "./assistive.mjs";
import { bankBot } from "./bank-bot.mjs";
import { field, launcher, log, openChat, panel, panelElement, says, signIn, stored, useBank, write } from "./visit.mjs";

const bank = useBank();
const minute = 60_000;
const signOut = (tab) => panel(tab).getByRole("button", { name: "Sign out" }).first();
const warning = (tab) => panel(tab).getByText(/^Your sign-in ends at \d/);
const announcement = (tab) => panel(tab).getByRole("status").filter({ hasText: /^Your sign-in ends at \d/ });
const noon = (tab) => tab.clock.install({ time: new Date("2026-03-03T12:00:00") });

/** The bot's status gets a subject from the engine; here it is given one. */
const callThem = async (tab, subject) => (await panelElement(tab)).evaluate((node, name) => {
  Object.assign(node.session.transcript, { subject: name });
  node.requestUpdate();
}, subject);

describe("who is signed in", () => {
  test("stands in the header, with the time", async () => {
    const tab = await bank.visit({}, noon);
    await signIn(tab);
    await panel(tab).getByText(/^Signed in as .••••1001. until 12:30\sPM$/).waitFor();
    await says(tab, "What can I do for you?");
    await callThem(tab, "Ada Quill");
    await panel(tab).getByText(/^Signed in as .Ada Quill. until 12:30\sPM$/).waitFor();
  });

  test("is left out where nothing of it may be shown", async () => {
    bank.files["/bot.json"] = bankBot(bank.api.origin).replace('"mask":4', '"mask":0');
    const tab = await bank.visit({}, noon);
    await signIn(tab);
    await panel(tab).getByText(/^Signed in until 12:30\sPM$/).waitFor();
  });

  for (const [name, options] of Object.entries({ ...surroundings, "at 400 %": { viewport: { width: 320, height: 256 } } })) {
    test(`fits with a long name, and axe finds nothing: ${name}`, async () => {
      const tab = await bank.visit(options);
      await signIn(tab);
      await says(tab, "What can I do for you?");
      await callThem(tab, "Wolfeschlegelsteinhausenbergerdorff-Maximiliana");
      await panel(tab).getByText(/^Signed in as .Wolfe/).waitFor();
      assert.equal(await panel(tab).evaluate((node) => node.scrollWidth - node.clientWidth), 0);
      assert.ok((await signOut(tab).boundingBox()).height >= 24);
      await isAccessible(tab, "signed in");
      await panel(tab).getByRole("button", { name: "More options" }).click();
      const item = panel(tab).getByRole("button", { name: "End chat" });
      const { x, y, width, height } = await item.boundingBox();
      const screen = tab.viewportSize();
      assert.ok(x >= 0 && y >= 0 && x + width <= screen.width && y + height <= screen.height, "the menu is on the screen");
      await isAccessible(tab, "with the menu");
    });
  }
});

describe("the end of the sign-in", () => {
  test("is told two minutes before, once, and again to who comes back then", async () => {
    const tab = await bank.visit({}, noon);
    await signIn(tab);
    await says(tab, "What can I do for you?");
    await tab.clock.fastForward(27 * minute);
    assert.equal(await warning(tab).count(), 0);
    await tab.clock.fastForward(minute);
    await announcement(tab).waitFor({ state: "attached" });
    assert.equal(await announcement(tab).count(), 1);
    await isAccessible(tab, "ends soon");
    await tab.reload();
    await announcement(tab).waitFor({ state: "attached" });
    await tab.clock.fastForward(2 * minute);
    await says(tab, "Your sign-in time is over. Sign in again to go on.");
    assert.equal(await warning(tab).count(), 0);
  });

  test("is told when the computer wakes", async () => {
    const tab = await bank.visit({}, noon);
    await signIn(tab);
    await says(tab, "What can I do for you?");
    // Moves the clock, and wakes no timer.
    await tab.clock.setSystemTime(new Date("2026-03-03T12:29:00"));
    assert.equal(await warning(tab).count(), 0);
    await tab.evaluate(() => dispatchEvent(new Event("focus")));
    await announcement(tab).waitFor({ state: "attached" });
  });

  test("keeps the place: what was typed, the question, and where to go on", async () => {
    bank.files["/bot.json"] = bankBot(bank.api.origin, { timeoutMinutes: 0.1 });
    const tab = await bank.visit();
    await signIn(tab);
    await tab.getByRole("button", { name: "Leave a note" }).click();
    await says(tab, "What shall I note?");
    await field(tab).fill("half a sen");
    await says(tab, "Your sign-in time is over. Sign in again to go on.");
    assert.equal(await field(tab).inputValue(), "half a sen");
    await write(tab, "half a sentence");
    await says(tab, "Noted: half a sentence");
    await tab.getByRole("button", { name: "Balance" }).click();
    await says(tab, "What is your customer ID?");
    await write(tab, "C-1001");
    await log(tab).getByText("Your balance is EUR 2,418.32.").nth(1).waitFor();
  });
});

describe("signing out from the header", () => {
  test("takes one press: nothing stays, and a new chat begins", async () => {
    const tab = await bank.visit({}, listen);
    await signIn(tab);
    await says(tab, "What can I do for you?");
    await field(tab).fill("half a message");
    await tab.evaluate(() => (globalThis.announced.length = 0));
    await signOut(tab).press("Enter");
    await says(tab, "You are signed out");
    await says(tab, "What is your customer ID?");
    assert.equal(await log(tab).getByText(/2,418|••••1001|You are signed in/).count(), 0);
    assert.doesNotMatch(await stored(tab), /2,418|••••1001|C-1001/);
    assert.equal(await focused(tab), "Your answer, hidden while you type");
    assert.equal(await field(tab).inputValue(), "", "nor what was half written");
    assert.equal(await panel(tab).getByRole("button", { name: "Sign out" }).count(), 0);
    const announced = await tab.evaluate(() => globalThis.announced);
    assert.equal(announced.filter((line) => line.includes("You are signed out")).length, 1);
    const [first] = await log(tab).locator("p").allInnerTexts().then((lines) => lines.filter((line) => !/Today/.test(line)));
    assert.equal(first, "You are signed out");
    await tab.reload();
    await says(tab, "You are signed out");
    assert.equal(await log(tab).getByText(/2,418|1001/).count(), 0);
    await write(tab, "C-1001");
    await says(tab, "Your balance is EUR 2,418.32.");
    assert.deepEqual(tab.errors, []);
  });

  test("does so in all tabs", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "What can I do for you?");
    const other = await tab.context().newPage();
    await other.goto(bank.origin);
    await signIn(other);
    await says(other, "What can I do for you?");
    await signOut(tab).click();
    await panel(other).getByText("This chat has ended because you signed out in another tab.").waitFor();
    assert.equal(await log(other).getByText(/2,418/).count(), 0);
    await says(tab, "You are signed out");
    assert.equal(await panel(tab).getByText(/in another tab/).count(), 0);
  });
});

describe("the menu", () => {
  test("opens by keyboard, and Escape closes it alone", async () => {
    const tab = await bank.visit();
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    const more = panel(tab).getByRole("button", { name: "More options" });
    const item = panel(tab).getByRole("button", { name: "Download transcript" });
    await more.focus();
    await tab.keyboard.press("Enter");
    await item.waitFor();
    await tab.keyboard.press("Tab");
    assert.equal(await focused(tab), "Download transcript");
    await tab.keyboard.press("Tab");
    assert.equal(await focused(tab), "End chat");
    await tab.keyboard.press("Escape");
    await item.waitFor({ state: "hidden" });
    assert.equal(await focused(tab), "More options");
    await tab.keyboard.press("Escape");
    assert.equal(await focused(tab), "Open chat");
  });

  for (const [name, options] of [["beside the page", {}], ["on a phone", phone]]) {
    test(`closes when something else is pressed: ${name}`, async () => {
      const tab = await bank.visit(options);
      await openChat(tab);
      await says(tab, "What is your customer ID?");
      const more = panel(tab).getByRole("button", { name: "More options" });
      const item = panel(tab).getByRole("button", { name: "Download transcript" });
      await more.click();
      await item.waitFor();
      await more.click();
      await item.waitFor({ state: "hidden" });
      await more.click();
      await item.waitFor();
      await log(tab).click({ position: { x: 20, y: 300 } });
      await item.waitFor({ state: "hidden" });
      assert.equal(await panel(tab).isVisible(), true);
    });
  }
});

test("a closed panel keeps its warning for later", async () => {
  const tab = await bank.visit({}, noon);
  await signIn(tab);
  await says(tab, "What can I do for you?");
  await launcher(tab).click();
  await tab.clock.fastForward(29 * minute);
  await openChat(tab);
  await announcement(tab).waitFor({ state: "attached" });
});

test("on a phone that loads the page again, the focus is on the messages, not on what signs out", async () => {
  const tab = await bank.visit({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  await signIn(tab);
  await panel(tab).getByRole("button", { name: "Sign out" }).first().waitFor();
  await tab.reload();
  await panel(tab).getByRole("button", { name: "Sign out" }).first().waitFor();
  await panel(tab).locator("latchkey-messages :focus").waitFor();
});
