/** A chat at a terminal. */
import type { Bot } from "../../engine.js";
import { Runtime } from "../../runtime.js";
import { chatEnglish } from "../../texts.js";
import { exitStatus } from "../refusal.js";
import { painterFor, printable } from "../terminal.js";
import { answer } from "./answer.js";
import { Keyboard } from "./keyboard.js";
import { createNodeHost } from "./node-host.js";
import { Screen } from "./screen.js";

/** The exit status of a program that a signal ended is 128 and the signal's number. */
const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** A chat at the terminal; returns the exit status. */
export async function chatByKeyboard(bot: Bot, page: string | null): Promise<number> {
  const texts = chatEnglish;
  const paint = painterFor(process.stdout);
  const screen = new Screen(texts, paint);
  let leave: (status: number) => void = () => {};
  const left = new Promise<number>((resolve) => void (leave = resolve));
  const keyboard = new Keyboard(process.stdin, process.stdout, {
    left: (key) => leave(key === "c" ? signals.SIGINT : exitStatus.good),
    line(text) {
      if (text.trim() === "/quit") return leave(exitStatus.good);
      if (answer(runtime, text)) return;
      screen.note(texts.cannotBeTaken);
      show();
    },
  });
  const show = () => {
    const { ask, typing } = runtime.transcript;
    const { wiped, lines } = screen.news(runtime.transcript);
    const visibility = ask?.sensitive ? "secret" : typing ? "hidden" : "shown";
    keyboard.print(lines, { prompt: typing ? `${texts.typing} ... ` : "> ", visibility, wiped });
  };
  const runtime = new Runtime(bot, createNodeHost({ page, tell: (text) => screen.note(text) }), show);
  for (const [signal, number] of Object.entries(signals)) process.once(signal, () => leave(number));
  keyboard.open();
  keyboard.print([paint("bold", printable(bot.name)), paint("dim", "/quit leaves"), ""], { prompt: "", visibility: "hidden", wiped: false });
  runtime.start();
  const status = await left;
  runtime.stop();
  keyboard.close();
  return status;
}
