/** The example bots' conversation tests as something that can be done in a browser: what the visitor does, what the API answers. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exampleBots } from "../../web/demo/example-bots.mjs";

const folder = join(import.meta.dirname, "../../web/demo/bots");
const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * `{ bot, botText, botId, apiOrigin, name, now, seed, acts, replies, secretNames }`. An act is `{ step, user | choose | wait | reload, texts }`:
 * `texts` are what the bot says then; the first one is none: the chat begins. `wait` is in milliseconds. Left out are conversations with what no visitor can do, a clock that is set or storage that
 * is changed, and those that reload right after something was sent: that is done here with all of them.
 */
export async function allConversations() {
  const all = [];
  for (const { name: bot } of exampleBots) {
    const botText = await readFile(join(folder, `${bot}.json`), "utf8");
    const content = JSON.parse(botText);
    const file = JSON.parse(await readFile(join(folder, `${bot}.conversations.json`), "utf8"));
    for (const { name, steps, ...own } of file.conversations) {
      if (steps.some(isOdd)) continue;
      const { now, seed = 1 } = { ...file, ...own };
      all.push({
        bot, botText, name, seed,
        botId: content.id,
        apiOrigin: content.settings?.apiOrigins?.[0],
        now: Date.parse(now),
        secretNames: content.attributes?.filter(({ sensitive }) => sensitive).map((attribute) => attribute.name) ?? [],
        ...actsOf(steps),
      });
    }
  }
  return all;
}

const isOdd = ({ clock, tamper, set, rejected, reload }, i, steps) =>
  clock ?? tamper ?? set ?? rejected ?? (reload && (steps[i - 1]?.user ?? steps[i - 1]?.choose));

function actsOf(steps) {
  const replies = [];
  const acts = [{ step: 0, texts: [] }];
  steps.forEach((step, at) => {
    const { user, choose, wait, reload, call, reply, bot } = step;
    if (call) replies.push({ ...call, reply });
    else if (bot !== undefined) acts.at(-1).texts.push(bot);
    else if (user ?? choose ?? wait ?? reload) {
      acts.push({ step: at + 1, user, choose, reload, ...(wait && { wait: millisecondsOf(wait) }), texts: [] });
    }
  });
  return { acts, replies };
}

function millisecondsOf(wait) {
  const [, count, unit] = /^([\d.]+)(ms|s|m|h|d)$/.exec(wait);
  return Number(count) * units[unit];
}
