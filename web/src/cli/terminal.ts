/** What is true of every terminal: colours are a favour, and what others wrote must not steer it. */
import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Paints for `stream` when it is a terminal and nobody set NO_COLOR; otherwise leaves the text as it is. */
export function painterFor(stream: { isTTY?: boolean }): Paint {
  const coloured = stream.isTTY === true && !process.env["NO_COLOR"];
  return coloured ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}

/** The text without control characters, which could move the cursor or rename the window; line breaks and tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");
}
