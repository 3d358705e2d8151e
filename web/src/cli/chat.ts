/** `latchkey chat`: a conversation with a bot in the terminal, with real API calls. */
import type { Bot } from "../engine.js";
import type { Arguments, Command } from "./arguments.js";
import { BadBot, loadBotFile } from "./bot-file.js";
import { chatByKeyboard } from "./chat/by-keyboard.js";
import { chatByLines } from "./chat/by-lines.js";
import { problemLines } from "./problems.js";
import { exitStatus, Refusal } from "./refusal.js";
import { painterFor } from "./terminal.js";

export const chat: Command = {
  summary: "A conversation with a bot in the terminal, with real API calls.",
  operands: "bot.json",
  many: false,
  options: { page: { value: "URL", help: "the page that the bot shall believe to be on; its own calls (\"self\") go there" } },
  notes: [
    "Buttons are chosen by their number or their label; sensitive answers show as bullets; /quit leaves.",
    "Without a terminal every line of the input is a message, sent when the bot has finished with the one before.",
  ],
  run: startChat,
};

async function startChat(given: Arguments): Promise<number> {
  const page = pageOf(given.value("page"));
  const bot = await botOf(given.files[0]!);
  if (!bot) return exitStatus.bad;
  if (!process.stdin.isTTY) return chatByLines(bot, page);
  // Raw mode hides what is typed; without a terminal to draw on there would be nothing to see instead.
  if (!process.stdout.isTTY) throw new Refusal("A chat at the keyboard needs the terminal for its output too. To keep it in a file, give the messages through a pipe.");
  return chatByKeyboard(bot, page);
}

function pageOf(address: string | undefined): string | null {
  if (address === undefined) return null;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") throw new Refusal("--page takes the address of a page, such as https://bank.example/.");
  return url.href;
}

async function botOf(file: string): Promise<Bot | null> {
  try {
    return (await loadBotFile(file)).bot;
  } catch (error) {
    if (!(error instanceof BadBot)) throw error;
    for (const line of problemLines(error.errors, painterFor(process.stderr))) console.error(line);
    return null;
  }
}
