/** botbuilder-dialogs: waterfalls and prompts in code, state in the memory storage. */
import { ConversationState, MemoryStorage } from "botbuilder";
import { ChoicePrompt, DialogSet, DialogTurnStatus, ListStyle, TextPrompt, WaterfallDialog } from "botbuilder-dialogs";
import { messages, runTurn } from "./botbuilder-adapter.mjs";
import { mask, verify } from "./conversation.mjs";

export { messages };

const ask = (step, prompt, choices) => step.prompt("choice", { prompt, choices, style: ListStyle.suggestedAction });

const welcome = new WaterfallDialog("welcome", [
  async (step) => {
    await step.context.sendActivity("Welcome to Acme Bank.");
    return step.replaceDialog("credentials");
  },
]);

const credentials = new WaterfallDialog("credentials", [
  (step) => step.prompt("text", "What is your customer ID?"),
  (step) => (verify(step.result) === 200 ? step.replaceDialog("details", step.result) : step.replaceDialog("tryAgain")),
]);

const tryAgain = new WaterfallDialog("tryAgain", [
  (step) => ask(step, "That ID was not recognised.", ["Try again", "End chat"]),
  (step) => (step.result.value === "Try again" ? step.replaceDialog("credentials") : step.endDialog()),
]);

const details = new WaterfallDialog("details", [
  async (step) => {
    await step.context.sendActivity(`You are verified, ${mask(step.options)}.`);
    await step.context.sendActivity("Your accounts are in good order.");
    return step.replaceDialog("menu");
  },
]);

const answers = { Balance: "Your balance is EUR 2,418.32.", Payments: "There are no payments." };
const menu = new WaterfallDialog("menu", [
  (step) => ask(step, "What would you like to do?", ["Balance", "Payments", "Goodbye"]),
  async (step) => {
    if (step.result.value === "Goodbye") return step.endDialog();
    await step.context.sendActivity(answers[step.result.value]);
    return step.replaceDialog("menu");
  },
]);

export function define() {
  const storage = new MemoryStorage();
  const state = new ConversationState(storage);
  const dialogs = new DialogSet(state.createProperty("dialogs"));
  for (const dialog of [welcome, credentials, tryAgain, details, menu, new TextPrompt("text"), new ChoicePrompt("choice")]) dialogs.add(dialog);
  return { storage, state, dialogs };
}

let conversations = 0;

export async function start(bot) {
  const conversation = { ...bot, id: `c${++conversations}` };
  return { conversation, output: await turn(conversation) };
}

export const take = (conversation, { text, option }) => turn(conversation, option ?? text);

const turn = ({ state, dialogs, id }, text) =>
  runTurn(id, text, async (context) => {
    const dialog = await dialogs.createContext(context);
    let result = await dialog.continueDialog();
    if (result.status === DialogTurnStatus.empty) result = await dialog.beginDialog("welcome");
    if (result.status === DialogTurnStatus.complete) await context.sendActivity({ type: "endOfConversation" });
    await state.saveChanges(context);
  });

const keyOf = (id) => `bench/conversations/${id}/`;

export const close = ({ storage, id }) => storage.delete([keyOf(id)]);
export const snapshot = async ({ storage, id }) => JSON.stringify((await storage.read([keyOf(id)]))[keyOf(id)]);
export async function restore(bot, text) {
  const conversation = { ...bot, id: `c${++conversations}` };
  await bot.storage.write({ [keyOf(conversation.id)]: { ...JSON.parse(text), eTag: "*" } });
  return conversation;
}
