/** RiveScript: a topic for each thing that the bot waits for; a reply is one text, with the options in its last line. */
import RiveScript from "rivescript";
import { mask, verify } from "./conversation.mjs";

const script = `
! version = 2.0

+ start
- Welcome to Acme Bank.\\nWhat is your customer ID?{topic=credentials}

> topic credentials
  + *
  - <call>verify <star></call>
< topic

> topic refused
  + try again
  - What is your customer ID?{topic=credentials}
  + end chat
  - (end){topic=ended}
< topic

> topic menu
  + balance
  - Your balance is EUR 2,418.32.\\n<bot menu>
  + payments
  - There are no payments.\\n<bot menu>
  + goodbye
  - (end){topic=ended}
< topic

> topic ended
  + *
  - (end)
< topic

! var menu = What would you like to do?|Balance|Payments|Goodbye
! var refused = That ID was not recognised.|Try again|End chat
`;

export async function define() {
  const bot = new RiveScript({ utf8: true, forceCase: true });
  bot.stream(script);
  bot.sortReplies();
  bot.setSubroutine("verify", async (rs, [id]) => {
    const user = rs.currentUser();
    const recognised = verify(id.toUpperCase()) === 200;
    await rs.setUservar(user, "topic", recognised ? "menu" : "refused");
    if (!recognised) return rs.getVariable("refused");
    return `You are verified, ${mask(id)}.\nYour accounts are in good order.\n${rs.getVariable("menu")}`;
  });
  return bot;
}

let users = 0;

export async function start(bot) {
  const conversation = { bot, user: `user${++users}` };
  return { conversation, output: await bot.reply(conversation.user, "start") };
}

export const take = ({ bot, user }, { text, option }) => bot.reply(user, option ?? text);

export const close = ({ bot, user }) => bot.clearUservars(user);

export function messages(reply) {
  return reply.split("\n").map((line) => {
    const [text, ...options] = line.split("|");
    return options.length > 0 ? { text, options } : text;
  });
}

export const snapshot = async ({ bot, user }) => JSON.stringify(await bot.getUservars(user));
export async function restore(bot, text) {
  const conversation = { bot, user: `user${++users}` };
  await bot.setUservars(conversation.user, JSON.parse(text));
  return conversation;
}
