/** A chat whose messages are the lines of the input: for pipes and scripts. */
import { createInterface } from "node:readline";
import type { Bot } from "../../engine.js";
import { Runtime } from "../../runtime.js";
import { chatEnglish } from "../../texts.js";
import { exitStatus } from "../refusal.js";
import { painterFor } from "../terminal.js";
import { answer } from "./answer.js";
import { createNodeHost } from "./node-host.js";
import { Screen } from "./screen.js";

/** Sends each line when the bot has finished with the one before, and ends with the input; returns the exit status. */
export async function chatByLines(bot: Bot, page: string | null): Promise<number> {
  const texts = chatEnglish;
  const screen = new Screen(texts, painterFor(process.stdout));
  const show = () => {
    for (const line of screen.news(runtime.transcript).lines) console.log(line);
  };
  let idle = () => {};
  const runtime = new Runtime(bot, createNodeHost({ page, tell: (text) => screen.note(text) }), () => {
    show();
    if (!runtime.transcript.typing) idle();
  });
  const finished = () => new Promise<void>((resolve) => {
    idle = resolve;
    if (!runtime.transcript.typing) resolve();
  });
  runtime.start();
  await finished();
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "/quit") break;
    if (!line.trim()) continue;
    if (!answer(runtime, line)) {
      screen.note(texts.cannotBeTaken);
      show();
    }
    await finished();
  }
  runtime.stop();
  process.stdin.destroy();
  return exitStatus.good;
}
