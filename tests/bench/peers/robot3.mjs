/** robot3: a bare state machine. What the bot says is gathered in the machine's context. */
import { createMachine, guard, interpret, reduce, state, transition } from "robot3";
import { mask, verify } from "./conversation.mjs";

const say = (...added) => reduce((context) => ({ ...context, said: [...context.said, ...added] }));
const sayVerified = reduce((context) => ({ ...context, said: [...context.said, `You are verified, ${mask(context.customerId)}.`] }));
const saveId = reduce((context, { text }) => ({ ...context, customerId: text }));
const recognised = guard((_, { status }) => status === 200);

const id = "What is your customer ID?";
const refused = { text: "That ID was not recognised.", options: ["Try again", "End chat"] };
const menu = { text: "What would you like to do?", options: ["Balance", "Payments", "Goodbye"] };

export function define() {
  return createMachine("credentials", {
    credentials: state(transition("text", "verifying", saveId)),
    verifying: state(
      transition("answered", "menu", recognised, sayVerified, say("Your accounts are in good order.", menu)),
      transition("answered", "tryAgain", say(refused)),
    ),
    tryAgain: state(transition("Try again", "credentials", say(id)), transition("End chat", "ended")),
    menu: state(
      transition("Balance", "menu", say("Your balance is EUR 2,418.32.", menu)),
      transition("Payments", "menu", say("There are no payments.", menu)),
      transition("Goodbye", "ended", say("(end)")),
    ),
    ended: state(),
  }, () => ({ customerId: "", said: ["Welcome to Acme Bank.", id] }));
}

export function start(machine) {
  const conversation = interpret(machine, () => {});
  return { conversation, output: conversation.context.said };
}

export function take(conversation, { text, option }) {
  conversation.context.said = [];
  conversation.send(option === undefined ? { type: "text", text } : option);
  if (conversation.machine.current === "verifying") {
    conversation.send({ type: "answered", status: verify(conversation.context.customerId) });
  }
  return conversation.context.said;
}

export const messages = (said) => said;
