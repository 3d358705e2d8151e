/** react-chatbot-kit with React, with a greeting and an answer made in the page. */
import { Children, cloneElement } from "react";
import { createRoot } from "react-dom/client";
import Chatbot, { createChatBotMessage } from "react-chatbot-kit";
import "react-chatbot-kit/build/main.css";

const config = { initialMessages: [createChatBotMessage("Welcome to Acme Bank.")] };

const MessageParser = ({ children, actions }) =>
  Children.map(children, (child) => cloneElement(child, { parse: actions.answer, actions: {} }));

const ActionProvider = ({ createChatBotMessage, setState, children }) => {
  const answer = () => setState((state) => ({ ...state, messages: [...state.messages, createChatBotMessage("Thank you.")] }));
  return Children.map(children, (child) => cloneElement(child, { actions: { answer } }));
};

createRoot(document.body.appendChild(document.createElement("div")))
  .render(<Chatbot config={config} messageParser={MessageParser} actionProvider={ActionProvider} />);
