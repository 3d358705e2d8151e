/** botui with React, with a greeting and a question. Its theme is left out: it comes as SCSS. */
import { useEffect } from "react";
import { createRoot } from "react-dom/client";
import { BotUI, BotUIAction, BotUIMessageList } from "@botui/react";
import { createBot } from "botui";

const bot = createBot();

function Chat() {
  useEffect(() => {
    bot.message.add({ text: "Welcome to Acme Bank." })
      .then(() => bot.action.set({}, { actionType: "input" }))
      .then(() => bot.message.add({ text: "Thank you." }));
  }, []);
  return <BotUI bot={bot}><BotUIMessageList /><BotUIAction /></BotUI>;
}

createRoot(document.body.appendChild(document.createElement("div"))).render(<Chat />);
