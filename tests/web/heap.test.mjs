/** A tab that is open for long: chat after chat in it, and what they leave in the memory. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openChat, useBank } from "./visit.mjs";

const bank = useBank();
const turnsOfAChat = 100;
const chats = 20 * Math.min(5, Math.ceil(Number(process.env.LATCHKEY_EFFORT ?? 1)));
const mostGrowth = 1024 * 1024;

test(`${chats * turnsOfAChat} turns in one tab leave nothing in the memory`, async (t) => {
  bank.files["/bot.json"] = JSON.stringify({
    latchkey: 1, id: "test-bank", attributes: [{ name: "said", type: "text", sensitive: true }],
    dialogs: [{ id: "default", elements: [{ type: "saveResponse", attribute: "said", text: "Go on." }, { type: "text", text: "You said {{ said }}." }, { type: "toDialog", dialog: "default" }] }],
  });
  const tab = await bank.visit();
  await openChat(tab);
  const devtools = await tab.context().newCDPSession(tab);
  const heap = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize = 0, embedderHeapUsedSize = 0 } = await devtools.send("Runtime.getHeapUsage");
    return usedSize + backingStorageSize + embedderHeapUsedSize;
  };
  const talk = (count) => tab.evaluate(async ({ count, turns }) => {
    const chat = document.querySelector("latchkey-chat");
    for (let i = 0; i < count; i++) {
      for (let turn = 0; turn < turns; turn++) await chat.send(`message ${turn}`);
      await new Promise((drawn) => setTimeout(drawn, 20));
      await chat.reset();
    }
  }, { count, turns: turnsOfAChat });
  await talk(10);
  const before = await heap();
  await talk(chats);
  const growth = (await heap()) - before;
  t.diagnostic(`${Math.round(growth / 1024)} KiB of ${Math.round(before / 1024)}`);
  assert.ok(growth < mostGrowth, `${growth} bytes`);
});
