/** The browser's back button on a phone, where the chat is the whole screen; and the page's own history beside it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { focused, moreIsThere, phone } from "./assistive.mjs";
import { chatTag, page, pageCache, withoutPageCache } from "./site.mjs";
import { richFiles } from "./rich-bot.mjs";
import { askToEnd, field, launcher, openChat, panel, says, stored, useBank } from "./visit.mjs";

const bank = useBank(pageCache);

const entries = (tab) => tab.evaluate(() => history.length);
const isClosed = (tab) => panel(tab).waitFor({ state: "hidden" });
/** The chat is open, and the entry for its back button is there. */
async function openOnPhone(tab) {
  await openChat(tab);
  await says(tab, "What is your customer ID?");
  await tab.waitForFunction(() => history.state?.latchkeyChat);
}
const hasNoEntry = (tab) => tab.waitForFunction(() => !history.state?.latchkeyChat);

test("on a phone no keyboard slides in over what the bot says first", async () => {
  const tab = await bank.visit(phone);
  await openOnPhone(tab);
  assert.equal(await focused(tab), "Conversation");
  await field(tab).tap();
  await field(tab).fill("C-9999");
  await field(tab).press("Enter");
  await says(tab, "That ID was not recognised.");
  assert.match(await focused(tab), /^Your (message|answer)/, "who writes goes on writing");
});

describe("the back button of a phone", () => {
  test("closes the chat, which goes on when it is opened again, and leaves the page with the next press", async () => {
    const tab = await bank.visit(phone);
    await tab.goto(`${bank.origin}/elsewhere.html`);
    await tab.goto(bank.origin);
    await openOnPhone(tab);
    await tab.goBack();
    await isClosed(tab);
    assert.equal(await focused(tab), "Open chat");
    assert.equal(new URL(tab.url()).pathname, "/");
    await openOnPhone(tab);
    await tab.goBack();
    await isClosed(tab);
    await tab.goBack({ waitUntil: "commit" });
    await tab.waitForURL("**/elsewhere.html", { waitUntil: "commit" });
    assert.deepEqual(tab.errors, []);
  });

  test("steps back from a large image, the menu and the question whether to end before it closes the chat", async () => {
    bank.files["/bot.json"] = JSON.stringify({ latchkey: 1, id: "pictures", name: "Pictures", dialogs: [{ id: "default", elements: [{ type: "image", url: "/tower.svg", alt: "A tower" }] }] });
    Object.assign(bank.files, richFiles(), { "/tower.svg": richFiles()["/tall.svg"] });
    const tab = await bank.visit(phone);
    await openChat(tab);
    await tab.waitForFunction(() => history.state?.latchkeyChat);
    const before = await entries(tab);
    const image = tab.getByRole("dialog", { name: "A tower" });
    await panel(tab).getByRole("link", { name: "A tower" }).click();
    await image.waitFor();
    await tab.goBack();
    await image.waitFor({ state: "detached" });
    await panel(tab).waitFor();
    await panel(tab).getByRole("button", { name: "More options" }).click();
    await panel(tab).getByRole("button", { name: "Download transcript" }).waitFor();
    await tab.goBack();
    await panel(tab).getByRole("button", { name: "Download transcript" }).waitFor({ state: "hidden" });
    await askToEnd(tab);
    await panel(tab).getByText("End this chat?").waitFor();
    await tab.goBack();
    await panel(tab).getByText("End this chat?").waitFor({ state: "detached" });
    assert.equal(await entries(tab), before, "one entry, over and over");
    await tab.goBack();
    await isClosed(tab);
    assert.equal(new URL(tab.url()).pathname, "/");
    assert.deepEqual(tab.errors, []);
  });

  test("is as before when the chat was closed in another way", async () => {
    const tab = await bank.visit(phone);
    await openOnPhone(tab);
    const before = await entries(tab);
    await panel(tab).getByRole("button", { name: "Close chat" }).click();
    await hasNoEntry(tab);
    await openOnPhone(tab);
    await tab.keyboard.press("Escape");
    await hasNoEntry(tab);
    assert.equal(await entries(tab), before, "one entry, over and over");
    assert.equal(new URL(tab.url()).pathname, "/");
  });

  test("closes the chat after a reload too, which adds no entry", async () => {
    const tab = await bank.visit(phone);
    await openOnPhone(tab);
    const before = await entries(tab);
    await tab.reload();
    await panel(tab).waitFor();
    await moreIsThere(tab);
    assert.equal(await entries(tab), before);
    await tab.goBack();
    await isClosed(tab);
    assert.equal(new URL(tab.url()).pathname, "/");
  });

  test("is the page's again when the chat is taken away", async () => {
    const tab = await bank.visit(phone);
    await openOnPhone(tab);
    await tab.evaluate(() => {
      globalThis.closings = 0;
      addEventListener("latchkey-close", () => globalThis.closings++);
      document.querySelector("latchkey-chat").remove();
    });
    await hasNoEntry(tab);
    await tab.evaluate(() => history.pushState(null, "", "#one"));
    await tab.goBack();
    assert.equal(await tab.evaluate(() => globalThis.closings), 0);
  });

  test("closes the chat that was closed and opened in one breath", async () => {
    const tab = await bank.visit(phone);
    await openOnPhone(tab);
    await panel(tab).evaluateHandle((dialog) => dialog.getRootNode().host).then((element) => element.evaluate((node) => {
      addEventListener("popstate", () => (globalThis.wentBack = true), { once: true });
      node.close();
      return node.open(true);
    }));
    await tab.waitForFunction(() => globalThis.wentBack && history.state?.latchkeyChat);
    assert.equal(await panel(tab).isVisible(), true);
    await tab.goBack();
    await isClosed(tab);
  });
});

describe("the page's history", () => {
  test("is left alone where the chat stands beside the page", async () => {
    const tab = await bank.visit();
    const before = await entries(tab);
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    await launcher(tab).click();
    await isClosed(tab);
    assert.equal(await entries(tab), before);
  });

  test("keeps its own states and addresses", async () => {
    const tab = await bank.visit(phone);
    await tab.evaluate(() => {
      history.replaceState({ route: "home" }, "", "#home");
      globalThis.routes = [];
      addEventListener("hashchange", () => globalThis.routes.push(location.hash));
    });
    await openOnPhone(tab);
    assert.equal(await tab.evaluate(() => history.state.route), "home");
    await panel(tab).getByRole("button", { name: "Close chat" }).click();
    await hasNoEntry(tab);
    assert.deepEqual(await tab.evaluate(() => [history.state, location.hash, globalThis.routes]), [{ route: "home" }, "#home", []]);
  });

  test("is not taken back where the page went on behind the chat", async () => {
    const tab = await bank.visit(phone);
    await openOnPhone(tab);
    await tab.evaluate(() => (location.hash = "further"));
    await panel(tab).getByRole("button", { name: "Close chat" }).click();
    await isClosed(tab);
    await tab.waitForTimeout(300);
    assert.equal(await tab.evaluate(() => location.hash), "#further");
  });

  test("that refuses does not keep the chat from opening and closing", async () => {
    const tab = await bank.visit(phone, (other) => other.addInitScript(() => {
      for (const name of ["pushState", "back"]) history[name] = () => { throw new DOMException("no", "SecurityError"); };
    }));
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    await moreIsThere(tab);
    await panel(tab).getByRole("button", { name: "Close chat" }).click();
    await isClosed(tab);
    assert.deepEqual(tab.errors, []);
  });

  test("keeps its place in the back/forward cache", { skip: withoutPageCache }, async () => {
    bank.files["/"] = page(chatTag);
    const tab = await bank.visit(phone);
    await openOnPhone(tab);
    await tab.evaluate(() => (globalThis.sameDocument = true));
    await tab.goto(`${bank.origin}/elsewhere.html`);
    await tab.goBack({ waitUntil: "commit" });
    await panel(tab).waitFor();
    assert.equal(await tab.evaluate(() => globalThis.sameDocument), true);
    assert.notEqual(await stored(tab), null);
    await tab.evaluate(() => history.back());
    await isClosed(tab);
  });
});

test("the whole screen is what the on-screen keyboard leaves, wherever the phone moved it", async () => {
  const tab = await bank.visit(phone, (other) => other.addInitScript(() => {
    const view = new EventTarget();
    Object.assign(view, { height: 844, offsetTop: 0 });
    Object.defineProperty(globalThis, "visualViewport", { value: view });
  }));
  await openOnPhone(tab);
  await tab.evaluate(() => {
    Object.assign(visualViewport, { height: 500, offsetTop: 60 });
    visualViewport.dispatchEvent(new Event("scroll"));
  });
  const { y, height } = await panel(tab).boundingBox();
  assert.deepEqual([y, height], [60, 500]);
  const box = await field(tab).boundingBox();
  assert.ok(box.y + box.height <= 560, "the field is above the keyboard");
  assert.ok(await field(tab).evaluate((node) => parseFloat(getComputedStyle(node).fontSize)) >= 16);
});
