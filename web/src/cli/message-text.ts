/** Messages of every kind as text: a terminal shows neither pictures nor buttons. */
import type { Card, CardButton, MediaMessage, Message } from "../protocol.js";

/** A message on one or more lines. */
export function messageText(message: Message): string {
  switch (message.kind) {
    case "text": return message.text;
    case "cards": return message.cards.map(cardText).join("\n");
    default: return mediaText(message);
  }
}

/** `[document] terms.pdf – Our terms (https://bank.example/terms.pdf)` */
function mediaText({ kind, url, name, alt, caption }: MediaMessage): string {
  const about = [name, alt, caption].filter((part) => part !== undefined).join(" – ");
  return about ? `[${kind}] ${about} (${url})` : `[${kind}] ${url}`;
}

function cardText({ title, text, image, alt, buttons = [] }: Card): string {
  const picture = image === undefined ? [] : [mediaText({ kind: "image", url: image, ...(alt === undefined ? {} : { alt }) })];
  const lines = [...(text === undefined ? [] : [text]), ...picture, ...buttons.map(buttonText)];
  return [`[card] ${title}`, ...lines.map((line) => `  ${line.replaceAll("\n", "\n  ")}`)].join("\n");
}

function buttonText(button: CardButton): string {
  return "url" in button ? `${button.label}: ${button.url}` : `[${button.label}]`;
}
