/** What the tests of media, cards and markup do with a page whose bot says every kind of message. */
import assert from "node:assert/strict";
import { beforeEach } from "node:test";
import { richBot, richFiles } from "./rich-bot.mjs";
import { log, openChat, says, useBank, write } from "./visit.mjs";

export const bank = useBank();
beforeEach(() => {
  Object.assign(bank.files, richFiles());
  bank.files["/bot.json"] = richBot();
});

/** An open chat in which these words were said. */
export async function hear(words, options = {}, prepare = () => {}) {
  const tab = await bank.visit(options, prepare);
  await openChat(tab);
  await says(tab, "Say a word.");
  for (const word of words) await write(tab, word);
  return tab;
}

/** The bot says these elements at the word "more". */
export const botSays = (...elements) => (bank.files["/bot.json"] = richBot({ more: elements }));

export const link = (tab, name) => log(tab).getByRole("link", { name });
export const attributes = (locator, ...names) => locator.evaluate((node, wanted) => wanted.map((name) => node.getAttribute(name)), names);
export const leadsOut = async (locator, href) => assert.deepEqual(await attributes(locator, "href", "target", "rel"), [href, "_blank", "noopener noreferrer"]);

/** Lets the chat wait a minute, not a second and a half, for the code of a message before it is shown as plain text. */
export const waitsForCode = (tab) => tab.addInitScript(() => {
  const sleep = globalThis.setTimeout;
  globalThis.setTimeout = (wake, ms, ...more) => sleep(wake, ms === 1500 ? 60_000 : ms, ...more);
});

/** Answers requests for `path` when the test says so. */
export async function holdBack(tab, path) {
  const { promise, resolve } = Promise.withResolvers();
  await tab.route(`**${path}`, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}
