/** What a page is told of options that mean nothing. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chatTag, page } from "./site.mjs";
import { openChat, says, useBank } from "./visit.mjs";

const bank = useBank();

describe("the options", () => {
  const warns = async (attributes, expected) => {
    bank.files["/"] = page(chatTag.replace(" data-bot", ` ${attributes} data-bot`));
    const tab = await bank.visit();
    await openChat(tab);
    await says(tab, "Welcome to Test Bank.");
    // The file that tells it may come later.
    if (!tab.errors.length) await tab.waitForEvent("console");
    assert.deepEqual(tab.errors.length, 1, tab.errors.join("\n"));
    assert.match(tab.errors[0], expected);
  };

  for (const [name, attributes, expected] of [
    ["an unknown one", 'data-lable="Ask us"', /the option "lable" is unknown\. Did you mean "label"\?/],
    ["a layout", 'data-layout="inlined"', /layout cannot be "inlined": "floating" is taken\. The others are inline\./],
    ["a time to load", 'data-load="now"', /load cannot be "now": "interest" is taken/],
    ["a language", 'data-language="english please"', /language is no BCP 47 tag: "english please"/],
    ["an origin", 'data-api-origins="self https://api.example/v1"', /api-origins holds "https:\/\/api\.example\/v1", which is no origin/],
    ["a contact", 'data-contact="mailto:help@bank.example javascript:alert(1)"', /only mailto:, tel:, http: and https:/],
  ]) test(`${name} that means nothing is said once, and the chat does without it`, () => warns(attributes, expected));

  test("that others put on the tag or the element are theirs", async () => {
    bank.files["/"] = page(chatTag.replace(" data-bot", ' data-cookieconsent="x" id="a" data-bot'));
    const tab = await bank.visit();
    await Promise.all([tab.waitForResponse(/latchkey-options\.js$/), openChat(tab)]);
    await tab.evaluate(() => import("/latchkey-options.js").then(() => {}));
    assert.deepEqual(tab.errors, []);
  });
});
