/** inkjs: the story is compiled once; a conversation is a Story over the compiled JSON. */
import { Compiler, CompilerOptions, Story } from "inkjs/full";
import { mask, verify } from "./conversation.mjs";

const source = `
EXTERNAL verify(id)
EXTERNAL mask(id)
VAR customer_id = ""
Welcome to Acme Bank.
-> credentials

== credentials ==
What is your customer ID?
+ [ID]
- {verify(customer_id) == 200: -> details}
-> try_again

== try_again ==
That ID was not recognised.
+ [Try again] -> credentials
+ [End chat] -> END

== details ==
You are verified, {mask(customer_id)}.
Your accounts are in good order.
-> menu

== menu ==
What would you like to do?
+ [Balance] Your balance is EUR 2,418.32.
+ [Payments] There are no payments.
+ [Goodbye] -> END
- -> menu
`;

/** Without a file handler the compiler warns of nothing, and fails on any error. */
export const define = () => JSON.parse(new Compiler(source, new CompilerOptions(null, [], false)).Compile().ToJson());

function open(compiled) {
  const story = new Story(compiled);
  story.BindExternalFunction("verify", verify, false);
  story.BindExternalFunction("mask", mask, true);
  return story;
}

export function start(compiled) {
  const conversation = open(compiled);
  return { conversation, output: tell(conversation) };
}

export function take(story, { text, option }) {
  if (option === undefined) {
    story.variablesState.customer_id = text;
    story.ChooseChoiceIndex(0);
  } else {
    story.ChooseChoiceIndex(story.currentChoices.findIndex((choice) => choice.text === option));
  }
  return tell(story);
}

function tell(story) {
  const lines = [];
  while (story.canContinue) lines.push(story.Continue());
  return { lines, choices: story.currentChoices };
}

export function messages({ lines, choices }) {
  const said = lines.map((line) => line.trim()).filter(Boolean);
  const options = choices.map(({ text }) => text);
  if (options.length > 1) said.push({ text: said.pop(), options });
  return options.length > 0 ? said : [...said, "(end)"];
}

export const snapshot = (story) => story.state.ToJson();
export function restore(compiled, text) {
  const story = open(compiled);
  story.state.LoadJson(text);
  return story;
}
