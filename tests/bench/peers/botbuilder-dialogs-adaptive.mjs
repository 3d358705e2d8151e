/** botbuilder-dialogs-adaptive, the runtime of Bot Framework Composer: the same actions as Composer writes, state in the memory storage. */
import { ConversationState, MemoryStorage, UserState } from "botbuilder";
import { DialogManager, DialogTurnStatus, ListStyle } from "botbuilder-dialogs";
import {
  AdaptiveDialog, Case, ChoiceInput, CodeAction, EndDialog, IfCondition, LanguageGeneratorExtensions, OnBeginDialog, ReplaceDialog,
  ResourceExtensions, SendActivity, SwitchCondition, TemplateEngineLanguageGenerator, TextInput,
} from "botbuilder-dialogs-adaptive";
import { messages, runTurn } from "./botbuilder-adapter.mjs";
import { mask, verify } from "./conversation.mjs";

export { messages };

const say = (text) => new SendActivity(text);
const goTo = (dialog) => new ReplaceDialog(dialog);
const ask = (prompt, choices) => new ChoiceInput().configure({
  prompt, choices: choices.map((value) => ({ value })), style: ListStyle.suggestedAction, property: "turn.choice", alwaysPrompt: true,
});
const callBank = new CodeAction(async (dialog) => {
  const customerId = dialog.state.getValue("conversation.customerId");
  dialog.state.setValue("turn.status", verify(customerId));
  dialog.state.setValue("conversation.maskedId", mask(customerId));
  return dialog.endDialog();
});

const flows = {
  credentials: [
    new TextInput().configure({ prompt: "What is your customer ID?", property: "conversation.customerId", alwaysPrompt: true }),
    callBank,
    new IfCondition().configure({ condition: "turn.status == 200", actions: [goTo("details")], elseActions: [goTo("tryAgain")] }),
  ],
  tryAgain: [
    ask("That ID was not recognised.", ["Try again", "End chat"]),
    new IfCondition().configure({ condition: "turn.choice == 'Try again'", actions: [goTo("credentials")], elseActions: [new EndDialog()] }),
  ],
  details: [
    say("You are verified, ${conversation.maskedId}."),
    say("Your accounts are in good order."),
    goTo("menu"),
  ],
  menu: [
    ask("What would you like to do?", ["Balance", "Payments", "Goodbye"]),
    new SwitchCondition().configure({
      condition: "turn.choice",
      cases: [
        new Case("Balance", [say("Your balance is EUR 2,418.32."), goTo("menu")]),
        new Case("Payments", [say("There are no payments."), goTo("menu")]),
        new Case("Goodbye", [new EndDialog()]),
      ],
    }),
  ],
};

export function define() {
  const root = new AdaptiveDialog("bank").configure({
    triggers: [new OnBeginDialog([say("Welcome to Acme Bank."), goTo("credentials")])],
    generator: new TemplateEngineLanguageGenerator(),
  });
  for (const [id, actions] of Object.entries(flows)) {
    root.dialogs.add(new AdaptiveDialog(id).configure({ triggers: [new OnBeginDialog(actions)] }));
  }
  const storage = new MemoryStorage();
  const manager = new DialogManager(root);
  manager.conversationState = new ConversationState(storage);
  manager.userState = new UserState(storage);
  return { storage, manager };
}

let conversations = 0;

export async function start(bot) {
  const conversation = { ...bot, id: `c${++conversations}` };
  return { conversation, output: await turn(conversation) };
}

export const take = (conversation, { text, option }) => turn(conversation, option ?? text);

const turn = ({ manager, id }, text) =>
  runTurn(id, text, async (context) => {
    const { turnResult } = await manager.onTurn(context);
    if (turnResult.status === DialogTurnStatus.complete) await context.sendActivity({ type: "endOfConversation" });
  });

const keysOf = (id) => [`bench/conversations/${id}/`, `bench/users/user-${id}/`];

export const close = ({ storage, id }) => storage.delete(keysOf(id));
export async function snapshot({ storage, id }) {
  const stored = await storage.read(keysOf(id));
  return JSON.stringify(keysOf(id).map((key) => stored[key]));
}
export async function restore(bot, text) {
  const conversation = { ...bot, id: `c${++conversations}` };
  const states = JSON.parse(text);
  const changes = keysOf(conversation.id).map((key, index) => [key, states[index] && { ...states[index], eTag: "*" }]);
  await bot.storage.write(Object.fromEntries(changes.filter(([, state]) => state)));
  return conversation;
}
