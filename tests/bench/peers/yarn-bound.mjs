/** yarn-bound, the Yarn Spinner of JavaScript: it has no shared definition, so that each conversation reads the script. */
import YarnBound from "yarn-bound";
import { mask, verify } from "./conversation.mjs";

const script = `
title: Start
---
Welcome to Acme Bank.
<<jump Credentials>>
===
title: Credentials
---
What is your customer ID?
<<pause>>
<<if verify($customer_id) == 200>>
<<jump Details>>
<<else>>
<<jump TryAgain>>
<<endif>>
===
title: TryAgain
---
That ID was not recognised.
-> Try again
  <<jump Credentials>>
-> End chat
  <<stop>>
===
title: Details
---
You are verified, {mask($customer_id)}.
Your accounts are in good order.
<<jump Menu>>
===
title: Menu
---
What would you like to do?
-> Balance
  Your balance is EUR 2,418.32.
  <<jump Menu>>
-> Payments
  There are no payments.
  <<jump Menu>>
-> Goodbye
  <<stop>>
===
`;

export const define = () => script;

export function start(dialogue) {
  const variables = new Map([["customer_id", ""]]);
  const yarn = new YarnBound({ dialogue, variableStorage: variables, functions: { verify, mask }, combineTextAndOptionsResults: true });
  const conversation = { yarn, variables };
  return { conversation, output: tell(conversation) };
}

export function take(conversation, { text, option }) {
  const { yarn, variables } = conversation;
  if (option === undefined) {
    variables.set("customer_id", text);
    yarn.advance();
  } else {
    yarn.advance(yarn.currentResult.options.findIndex((choice) => choice.text === option));
  }
  return tell(conversation);
}

/** Results up to a question: a `pause`, options, or the end. */
function tell({ yarn }) {
  const results = [];
  for (;;) {
    const result = yarn.currentResult;
    if (result.command) return results;
    results.push(result);
    if (result.options || result.isDialogueEnd) return results;
    yarn.advance();
  }
}

export const messages = (results) =>
  results.map(({ text = "(end)", options }) => (options ? { text, options: options.map((option) => option.text) } : text));
