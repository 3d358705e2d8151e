/** Cards in a real browser: how their row moves, and what their buttons do. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { focused, phone } from "./assistive.mjs";
import { richBot } from "./rich-bot.mjs";
import { bank, botSays, hear, leadsOut, link } from "./rich-visit.mjs";
import { chatTag, page } from "./site.mjs";
import { log, panel, says } from "./visit.mjs";

describe("cards", () => {
  const row = (tab) => log(tab).getByRole("list");
  const scrolled = (tab) => row(tab).evaluate((node) => node.scrollLeft);
  const isOff = async (button) => (await button.getAttribute("aria-disabled")) === "true";
  const step = (tab, name) => log(tab).getByRole("button", { name });

  test("stand in a row that moves by buttons", async () => {
    const tab = await hear(["cards"]);
    await row(tab).waitFor();
    assert.equal(await row(tab).getByRole("listitem").count(), 3);
    await row(tab).getByRole("img", { name: "A jar of coins" }).waitFor();
    await log(tab).getByText("1 / 3").waitFor();
    assert.deepEqual([await isOff(step(tab, "Previous card")), await isOff(step(tab, "Next card"))], [true, false]);
    await step(tab, "Next card").click();
    await log(tab).getByText("2 / 3").waitFor();
    await step(tab, "Next card").click();
    await log(tab).getByText("3 / 3").waitFor();
    assert.deepEqual([await isOff(step(tab, "Previous card")), await isOff(step(tab, "Next card"))], [false, true]);
    const [card, view] = [await row(tab).getByRole("listitem").last().boundingBox(), await panel(tab).boundingBox()];
    assert.ok(card.x + card.width <= view.x + view.width, "the last card is seen whole");
    assert.deepEqual(await panel(tab).evaluate((node) => [node.scrollWidth - node.clientWidth, node.scrollLeft]), [0, 0]);
  });

  test("move by the arrow keys, and come into sight with the focus", async () => {
    const tab = await hear(["cards"]);
    await row(tab).focus();
    await tab.keyboard.press("ArrowRight");
    await log(tab).getByText("2 / 3").waitFor();
    await tab.keyboard.press("ArrowLeft");
    await log(tab).getByText("1 / 3").waitFor();
    await tab.keyboard.press("Tab");
    assert.equal(await focused(tab), "Open an account");
    for (const name of ["Read the terms", "Apply", "Call", "Write", "Next card"]) {
      await tab.keyboard.press("Tab");
      if (name === "Next card" && (await focused(tab)) === "Previous card") await tab.keyboard.press("Tab");
      assert.equal(await focused(tab), name);
      if (name === "Apply") await log(tab).getByText("2 / 3").waitFor();
      if (name === "Write") await log(tab).getByText("3 / 3").waitFor();
    }
  });

  test("move by touch", async () => {
    const tab = await hear(["cards"], phone);
    await log(tab).getByText("1 / 3").waitFor();
    const { x, y } = await row(tab).boundingBox();
    const devtools = await tab.context().newCDPSession(tab);
    const touch = (type, left) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints: left === undefined ? [] : [{ x: left, y: y + 60 }] });
    await touch("touchStart", x + 300);
    for (let left = 280; left >= 100; left -= 20) await touch("touchMove", x + left);
    await touch("touchEnd");
    await log(tab).getByText("2 / 3").waitFor();
  });

  test("go from right to left in a language that does", async () => {
    bank.files["/"] = page(chatTag.replace(" data-bot", ' data-texts="/texts.json" data-bot'));
    bank.files["/texts.json"] = '{ "lang": "he" }';
    const tab = await hear(["cards"]);
    await log(tab).getByText("1 / 3").waitFor();
    await step(tab, "Next card").click();
    await log(tab).getByText("2 / 3").waitFor();
    assert.ok((await scrolled(tab)) < 0);
    await row(tab).focus();
    await tab.keyboard.press("ArrowLeft");
    await log(tab).getByText("3 / 3").waitFor();
    const [back, on] = await Promise.all(["Previous card", "Next card"].map((name) => step(tab, name).boundingBox()));
    assert.ok(back.x > on.x);
  });

  test("one alone fills its place and needs no steps", async () => {
    const tab = await hear(["card"]);
    await row(tab).waitFor();
    assert.equal(await step(tab, "Next card").count(), 0);
    assert.ok((await row(tab).getByRole("listitem").boundingBox()).width >= 300);
  });

  test("that all fit need no steps", async () => {
    botSays({ type: "cards", cards: [{ title: "One" }, { title: "Two" }] });
    const tab = await hear(["more"], { viewport: { width: 800, height: 360 }, hasTouch: true, isMobile: true });
    await row(tab).waitFor();
    await step(tab, "Next card").waitFor({ state: "hidden" });
  });

  test("a button sends its value once, and then those of old cards are off", async () => {
    const tab = await hear(["cards"]);
    const open = row(tab).getByRole("button", { name: "Open an account" });
    assert.equal(await isOff(open), false);
    await open.dblclick();
    await says(tab, "You chose Open an account.");
    assert.equal(await log(tab).getByText("Open an account", { exact: true }).count(), 2, "on the card and in the user's bubble, once");
    for (const name of ["Open an account", "Apply"]) {
      const button = row(tab).getByRole("button", { name });
      assert.equal(await isOff(button), true);
      assert.equal(await button.getAttribute("title"), "No longer on offer");
      await button.evaluate((node) => node.click());
    }
    assert.equal(await log(tab).getByText(/^You chose/).count(), 1);
    await leadsOut(link(tab, "Read the terms"), "https://bank.example/savings");
  });

  test("typing instead turns them off too, and new cards are on offer again", async () => {
    const tab = await hear(["cards", "card"]);
    const buttons = log(tab).getByRole("button", { name: "Open an account" });
    await buttons.nth(1).waitFor();
    assert.deepEqual([await isOff(buttons.nth(0)), await isOff(buttons.nth(1))], [true, false]);
  });

  test("are off while the bot is busy, and on after a reload", async () => {
    const { promise: after, resolve: answer } = Promise.withResolvers();
    bank.answer = () => ({ after });
    const card = JSON.parse(richBot()).dialogs.find(({ id }) => id === "card").elements[0];
    const bot = JSON.parse(richBot({ more: [card, { type: "api", method: "GET", url: `${bank.api.origin}/wait` }, { type: "text", text: "There." }] }));
    bot.settings = { ...bot.settings, apiOrigins: [bank.api.origin] };
    bank.files["/bot.json"] = JSON.stringify(bot);
    const tab = await hear(["more"]);
    const open = log(tab).getByRole("button", { name: "Open an account" });
    assert.equal(await isOff(open), true);
    answer();
    await says(tab, "There.");
    assert.equal(await isOff(open), false);
    await tab.reload();
    assert.equal(await isOff(open), false);
    await open.click();
    await says(tab, "You chose Open an account.");
  });

  test("links lead out of the chat", async () => {
    const tab = await hear(["cards"]);
    await leadsOut(link(tab, "Call"), "tel:+15550100");
    await leadsOut(link(tab, "Write"), "mailto:help@bank.example");
  });
});
