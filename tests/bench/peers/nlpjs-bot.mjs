/** @nlpjs/bot: dialogs in its own language, read by the bot; the context of each conversation is kept by its context manager. */
import nlpjsBot from "@nlpjs/bot";
import nlpjsConnector from "@nlpjs/connector";
import nlpjsCore from "@nlpjs/core";
import nlpjsEvaluator from "@nlpjs/evaluator";
import { mask, verify } from "./conversation.mjs";

const script = `
dialog main
  say Welcome to Acme Bank.
  run credentials

dialog credentials
  say What is your customer ID?
  ask customerId
  call verify
  [status === 200] run details
  run refused

dialog refused
  suggest Try again|End chat
  say That ID was not recognised.
  ask choice
  [choice === "Try again"] run credentials
  run ended

dialog details
  say You are verified, {{ maskedId }}.
  say Your accounts are in good order.
  run menu

dialog menu
  suggest Balance|Payments|Goodbye
  say What would you like to do?
  ask choice
  [choice === "Balance"] say Your balance is EUR 2,418.32.
  [choice === "Payments"] say There are no payments.
  [choice === "Goodbye"] run ended
  call again

dialog ended
  say (end)
  ask nothing
`;

/** Gathers what the bot says in the activity that it answers. */
class GatheringConnector extends nlpjsConnector.Connector {
  say(message, session) { session.activity.said.push(message); }
}

export async function define() {
  const container = nlpjsCore.containerBootstrap();
  container.register("fs", { readFile: async () => script });
  container.register("Template", new nlpjsEvaluator.Template(), true);
  const bot = new nlpjsBot.Bot({ container, scripts: ["bank.dlg"] });
  container.register("bot", bot);
  bot.registerAction("verify", async (_, context) => {
    context.status = verify(context.customerId);
    context.maskedId = mask(context.customerId);
  });
  // A dialog that runs itself would deepen the stack at each visit.
  bot.registerAction("again", async (session, context) => {
    session.endDialog(context);
    session.beginDialog(context, "/menu");
  });
  await bot.start();
  return { bot, connector: new GatheringConnector({ tag: "bench" }, container) };
}

let conversations = 0;

export async function start({ bot, connector }) {
  const conversation = { bot, connector, id: `c${++conversations}` };
  return { conversation, output: await take(conversation, {}) };
}

export async function take({ bot, connector, id }, { text, option }) {
  const said = [];
  await bot.process(connector.createSession({ type: "message", text: option ?? text, conversation: { id }, said }));
  return said;
}

export const close = ({ bot, id }) => { delete bot.contextManager.contextDictionary[id]; };

export function messages(said) {
  return said.map(({ text, suggestedActions }) =>
    suggestedActions ? { text, options: suggestedActions.actions.map(({ title }) => title) } : text);
}

export const snapshot = ({ bot, id }) => JSON.stringify(bot.contextManager.contextDictionary[id]);
export function restore({ bot, connector }, text) {
  const conversation = { bot, connector, id: `c${++conversations}` };
  bot.contextManager.contextDictionary[conversation.id] = { ...JSON.parse(text), conversationId: conversation.id };
  return conversation;
}
