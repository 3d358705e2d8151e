/** The chat in every language, in a browser: who decides, what is fetched when, and how it looks. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { isAccessible, phone } from "./assistive.mjs";
import { richBot, richFiles } from "./rich-bot.mjs";
import { chatTag, page } from "./site.mjs";
import { askToEnd, log, panel, patient, says, useBank, usualAnswers } from "./visit.mjs";

const folder = join(import.meta.dirname, "../../web/src/languages");
const languages = Object.fromEntries(readdirSync(folder).map((name) => [name.replace(".json", ""), JSON.parse(readFileSync(join(folder, name), "utf8"))]));
const bank = useBank();

/** A page in `lang`, whose script tag has `attributes` besides; the bot names `language`. */
function speak({ lang = "", attributes = "", language } = {}) {
  bank.files["/"] = page(chatTag.replace(" data-bot", ` ${attributes} data-bot`)).replace(' lang="en"', lang && ` lang="${lang}"`);
  if (language) bank.files["/bot.json"] = JSON.stringify({ ...JSON.parse(bank.files["/bot.json"]), language });
}

const button = (tab) => tab.locator("latchkey-chat").getByRole("button").first();
const nameOf = (tab) => button(tab).getAttribute("aria-label");
const files = () => bank.requests.filter((path) => path.startsWith("/languages/") || path.includes("texts"));

/** The name of the launcher before, the name of the button that closes the panel, and which language files were asked for. */
async function choice(options) {
  bank.requests.length = 0;
  const tab = await bank.visit(options);
  const before = await nameOf(tab);
  await button(tab).click();
  await panel(tab).waitFor();
  const named = await button(tab).getAttribute("aria-label");
  assert.deepEqual(tab.errors, []);
  return [before, named, ...files()];
}

describe("the language is chosen by", () => {
  const german = ["Chat öffnen", "Chat schließen", "/languages/de.json"];

  test("the script tag before the page", async () => {
    speak({ lang: "fr", attributes: 'data-language="de-AT"', language: "es" });
    assert.deepEqual(await choice({ locale: "it" }), german);
  });

  test("the page before the bot", async () => {
    speak({ lang: "de", language: "es" });
    assert.deepEqual(await choice({ locale: "it" }), german);
  });

  test("the bot before the visitor", async () => {
    speak({ language: "de" });
    assert.deepEqual(await choice({ locale: "it-IT" }), ["Apri la chat", ...german.slice(1)]);
  });

  test("the visitor, when nobody else says anything", async () => {
    speak();
    assert.deepEqual(await choice({ locale: "de-CH" }), german);
  });

  test("nobody whose language the chat does not speak: it is English, and no file is asked for", async () => {
    speak({ lang: "sv", language: "de" });
    assert.deepEqual(await choice({ locale: "de" }), ["Open chat", "Close chat"]);
  });
});

describe("a language file", () => {
  test("comes with the other parts, when the visitor shows interest", async () => {
    speak({ lang: "pl" });
    bank.requests.length = 0;
    const tab = await bank.visit();
    assert.deepEqual(files(), []);
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await tab.route("**/bot.json", async (route) => {
      await held;
      await route.continue();
    });
    const asked = tab.waitForRequest(/languages\/pl\.json/);
    await button(tab).hover();
    await asked;
    release();
    await button(tab).click();
    await panel(tab).waitFor();
    assert.deepEqual(files(), ["/languages/pl.json"], "and once");
  });

  for (const [name, file, reason] of [["is missing", { status: 404, body: "" }, /answered 404/], ["is none", "<!doctype html>", /could not be fetched/]]) {
    test(`that ${name} leaves the chat in English, with one message`, async () => {
      speak({ lang: "ar" });
      bank.files["/languages/ar.json"] = file;
      const tab = await bank.visit();
      await button(tab).click();
      await says(tab, "Welcome to Test Bank.");
      assert.equal(await nameOf(tab), "Close chat");
      assert.equal(await panel(tab).getByText("Virtual assistant").evaluate((node) => getComputedStyle(node).direction), "ltr");
      assert.equal(tab.errors.length, 1);
      assert.match(tab.errors[0], /^latchkey: the chat speaks English\. .*languages\/ar\.json/);
      assert.match(tab.errors[0], reason);
    });
  }

  test("says that the chat is not available, when nothing else came", async () => {
    speak({ lang: "ja" });
    bank.files["/bot.json"] = { status: 404, body: "" };
    const tab = await bank.visit();
    await button(tab).click();
    await tab.getByText(languages.ja.launcher.unavailable).waitFor();
    assert.equal(tab.errors.length, 1);
  });

  test("is of the visitor's language when there is no bot that could name one", async () => {
    speak();
    bank.files["/bot.json"] = "{";
    const tab = await bank.visit({ locale: "pl" });
    await button(tab).click();
    await tab.getByText(languages.pl.launcher.unavailable).waitFor();
    assert.equal(tab.errors.length, 1);
    assert.match(tab.errors[0], /bot\.json is wrong/);
  });

  test("of the page's own takes the place of ours, in its direction; what it lacks is English and named", async () => {
    speak({ lang: "he", attributes: 'data-texts="my-texts.json"' });
    const { send, ...chat } = languages.de.chat;
    bank.files["/my-texts.json"] = JSON.stringify({ ...languages.de, lang: "he", chat: { ...chat, subtitle: "עוזר", more: "x" } });
    const tab = await bank.visit();
    await button(tab).click();
    await panel(tab).getByText("עוזר").waitFor();
    await panel(tab).getByRole("button", { name: "Send" }).waitFor();
    assert.equal(await panel(tab).evaluate((node) => getComputedStyle(node).direction), "rtl");
    assert.deepEqual(tab.errors.map((line) => line.replace(bank.origin, "")), [
      "latchkey: /my-texts.json: chat.more is unknown, chat.send is missing. What is missing is said in English.",
    ]);
  });
});

test("the sign-in's end is told as the language does", async () => {
  const told = async (lang) => {
    speak({ lang });
    const tab = await bank.visit();
    await signIn(tab);
    return panel(tab).locator(".signed-in").textContent();
  };
  assert.match(await told("de"), /Angemeldet als .* bis .*\d\d:\d\d\s*$/);
  assert.match(await told("en-US"), /Signed in as .* until .*\d+:\d\d\s[AP]M\s*$/);
  assert.match(await told("en-GB"), /Signed in as .* until .*\d\d:\d\d\s*$/);
  assert.match(await told("ar-EG"), /[٠-٩]+:[٠-٩]+ [صم]\s*$/);
});

/** Signs in, whatever the language: the bot's words are its own. */
async function signIn(tab, id = "C-1001") {
  await button(tab).click();
  await says(tab, "What is your customer ID?");
  const field = panel(tab).locator("input, textarea");
  await field.fill(id);
  await field.press("Enter");
}

/** What is wider than its place, or lies outside of the panel, by its text. */
const cutOff = (tab) => panel(tab).evaluate((dialog) => {
  const found = [];
  const edge = dialog.getBoundingClientRect();
  const look = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) look(node.shadowRoot);
      if (node.closest(".unseen, svg, .cards") || !node.offsetParent) continue;
      const { left, right, width } = node.getBoundingClientRect();
      const isOut = width > 0 && (left < edge.left - 1 || right > edge.right + 1);
      const isCut = node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== "inline";
      if (isOut || isCut) found.push(`${node.localName} ${node.className}: ${node.textContent.trim().slice(0, 60)}`);
    }
  };
  look(dialog);
  return found;
});

/** Whether the placeholder of the field fits into one line. */
const placeholderFits = (tab) => panel(tab).locator("input, textarea").evaluate((field) => {
  const { font, paddingInlineStart, paddingInlineEnd } = getComputedStyle(field);
  const context = document.createElement("canvas").getContext("2d");
  context.font = font;
  return context.measureText(field.placeholder).width <= field.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd);
});

for (const [lang, { chat, rich, launcher }] of Object.entries(languages)) {
  describe(`the chat in ${lang}`, () => {
    for (const [name, options] of [["on a desktop", {}], ["on a phone", phone]]) {
      test(`cuts nothing off, and axe finds nothing: ${name}`, async () => {
        speak({ lang });
        bank.files["/bot.json"] = patient(bank.files["/bot.json"]);
        const tab = await bank.visit(options);
        const isWell = async (state) => {
          assert.deepEqual(await cutOff(tab), [], state);
          await isAccessible(tab, state);
        };
        await isAccessible(tab, "closed");
        await signIn(tab);
        await says(tab, "What can I do for you?");
        await log(tab).getByText(chat.notices.signedIn, { exact: true }).waitFor();
        assert.ok(await placeholderFits(tab), chat.messagePlaceholder);
        await isWell("signed in");
        await log(tab).getByRole("button", { name: "Sign out" }).click();
        await says(tab, "What is your customer ID?");
        await log(tab).getByText(chat.notices.concealed, { exact: true }).waitFor();
        assert.ok(await placeholderFits(tab), chat.hiddenPlaceholder);
        await isWell("signed out");
        bank.answer = (request) => ({ ...usualAnswers(request), after: new Promise(() => {}) });
        const field = panel(tab).locator("input, textarea");
        for (let number = 0; number <= 17; number++) {
          await field.fill("C-1001");
          await field.press("Enter");
        }
        await panel(tab).getByText(chat.cannotBeTaken).waitFor();
        await isWell("busy");
        await askToEnd(tab, chat);
        await panel(tab).getByText(chat.endExplanation).waitFor();
        await isWell("asking whether to end");
        await panel(tab).getByRole("group").getByRole("button", { name: chat.endConfirm, exact: true }).click();
        await panel(tab).getByText(chat.finished.closedByUser).waitFor();
        await isWell("ended");
        assert.deepEqual(tab.errors, []);
      });
    }

    test("names the parts of cards and media", async () => {
      speak({ lang });
      Object.assign(bank.files, richFiles(), { "/bot.json": richBot() });
      const tab = await bank.visit();
      await button(tab).click();
      await says(tab, "Say a word.");
      await panel(tab).locator("textarea").fill("cards");
      await panel(tab).locator("textarea").press("Enter");
      const next = log(tab).getByRole("button", { name: rich.nextCard });
      await next.click();
      await log(tab).getByTitle(rich.opensInNewTab).first().waitFor();
      await log(tab).getByText(`${(2).toLocaleString(lang)} / ${(3).toLocaleString(lang)}`, { exact: true }).waitFor();
      await isAccessible(tab, "cards");
      assert.equal(await nameOf(tab), launcher.close);
      assert.deepEqual(tab.errors, []);
    });
  });
}

describe("in Arabic everything is mirrored", () => {
  const middle = async (locator) => {
    const { x, width } = await locator.boundingBox();
    return x + width / 2;
  };

  test("launcher and panel, what both sides say, and the composer", async () => {
    speak({ lang: "ar" });
    const tab = await bank.visit();
    assert.equal((await button(tab).boundingBox()).x, 20);
    await signIn(tab);
    await says(tab, "What can I do for you?");
    const { x, width } = await panel(tab).boundingBox();
    assert.equal(x, 20);
    const at = async (locator) => (await middle(locator)) - x - width / 2;
    assert.ok((await at(panel(tab).getByRole("heading").getByText("Test Bank assistant"))) > 0, "its name too, though it is written from left to right");
    assert.ok((await at(log(tab).getByText("Welcome to Test Bank."))) > 0, "the bot speaks on the right");
    assert.ok((await at(log(tab).getByText("••••1001", { exact: true }))) < 0, "the user on the left");
    assert.ok((await at(panel(tab).getByRole("button", { name: languages.ar.chat.send }))) < -100, "send is on the left");
    assert.ok((await at(panel(tab).getByRole("button", { name: languages.ar.chat.moreOptions }))) < -100);
    const more = panel(tab).getByRole("button", { name: languages.ar.chat.moreOptions });
    await more.click();
    const [menu, opener] = [await panel(tab).getByRole("button", { name: languages.ar.chat.download }).boundingBox(), await more.boundingBox()];
    assert.ok(menu.x + menu.width > opener.x + opener.width, "the menu goes on to the right");
    await tab.keyboard.press("Escape");
    const field = panel(tab).locator("textarea");
    assert.equal(await field.evaluate((element) => getComputedStyle(element).direction), "rtl", "what an empty field says begins on the right");
    assert.ok((await at(tab.getByRole("button", { name: "Balance" }))) > (await at(tab.getByRole("button", { name: "Leave a note" }))));
    assert.equal(await log(tab).getByText("Welcome to Test Bank.").evaluate((node) => getComputedStyle(node).direction), "ltr", "each message has its own direction");
  });

  test("and cards, which go on to the left", async () => {
    speak({ lang: "ar" });
    Object.assign(bank.files, richFiles(), { "/bot.json": richBot() });
    const tab = await bank.visit();
    await button(tab).click();
    await panel(tab).locator("textarea").fill("cards");
    await panel(tab).locator("textarea").press("Enter");
    const [back, next] = [languages.ar.rich.previousCard, languages.ar.rich.nextCard].map((name) => log(tab).getByRole("button", { name }));
    await next.waitFor();
    assert.ok((await middle(next)) < (await middle(back)));
    const first = log(tab).getByText("Savings account");
    const before = await middle(first);
    await next.click();
    const [two, three] = [2, 3].map((number) => number.toLocaleString("ar"));
    await log(tab).getByText(`${two} / ${three}`, { exact: true }).waitFor();
    assert.ok((await middle(first)) > before);
    const flips = await next.locator("svg").evaluate((node) => getComputedStyle(node).transform);
    assert.match(flips, /matrix\(-1/);
  });
});
