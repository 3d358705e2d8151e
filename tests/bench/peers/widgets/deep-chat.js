/** deep-chat, with a greeting and an answer made in the page. */
import "deep-chat";

const chat = document.createElement("deep-chat");
chat.introMessage = { text: "Welcome to Acme Bank." };
chat.connect = { handler: (_, signals) => signals.onResponse({ text: "Thank you." }) };
document.body.append(chat);
