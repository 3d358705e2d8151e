/** xstate 5: a machine that emits what the bot says, an actor for each conversation. */
import { assign, createActor, emit, setup } from "xstate";
import { mask, verify } from "./conversation.mjs";

const say = (text, options) => ({ type: "say", params: { text, options } });

export function define() {
  const { createMachine } = setup({
    actions: {
      say: emit((_, { text, options }) => ({ type: "say", text, options })),
      sayVerified: emit(({ context }) => ({ type: "say", text: `You are verified, ${mask(context.customerId)}.` })),
      call: emit(({ context }) => ({ type: "call", customerId: context.customerId })),
      saveId: assign({ customerId: ({ event }) => event.text }),
    },
    guards: { recognised: ({ event }) => event.status === 200 },
  });
  const menuAnswer = (text) => ({ target: "menu", reenter: true, actions: say(text) });
  return createMachine({
    id: "bank",
    initial: "credentials",
    context: { customerId: "" },
    entry: say("Welcome to Acme Bank."),
    states: {
      credentials: { entry: say("What is your customer ID?"), on: { text: { target: "verifying", actions: "saveId" } } },
      verifying: { entry: "call", on: { answered: [{ guard: "recognised", target: "details" }, { target: "tryAgain" }] } },
      tryAgain: {
        entry: say("That ID was not recognised.", ["Try again", "End chat"]),
        on: { "Try again": "credentials", "End chat": "ended" },
      },
      details: { entry: ["sayVerified", say("Your accounts are in good order.")], always: "menu" },
      menu: {
        entry: say("What would you like to do?", ["Balance", "Payments", "Goodbye"]),
        on: { Balance: menuAnswer("Your balance is EUR 2,418.32."), Payments: menuAnswer("There are no payments."), Goodbye: "ended" },
      },
      ended: { type: "final" },
    },
  });
}

export function start(machine) {
  const conversation = open(createActor(machine));
  conversation.actor.start();
  return { conversation, output: conversation.emitted };
}

function open(actor) {
  const conversation = { actor, emitted: [] };
  actor.on("*", (event) => conversation.emitted.push(event));
  return conversation;
}

export function take(conversation, { text, option }) {
  conversation.emitted = [];
  conversation.actor.send(option === undefined ? { type: "text", text } : { type: option });
  const call = conversation.emitted.find(({ type }) => type === "call");
  if (call) conversation.actor.send({ type: "answered", status: verify(call.customerId) });
  if (conversation.actor.getSnapshot().status === "done") conversation.emitted.push({ type: "end" });
  return conversation.emitted;
}

export function messages(emitted) {
  const said = emitted.filter(({ type }) => type === "say").map(({ text, options }) => (options ? { text, options } : text));
  return emitted.some(({ type }) => type === "end") ? [...said, "(end)"] : said;
}

export const snapshot = ({ actor }) => JSON.stringify(actor.getPersistedSnapshot());
export function restore(machine, text) {
  const conversation = open(createActor(machine, { snapshot: JSON.parse(text) }));
  conversation.actor.start();
  return conversation;
}
