/** A conversation of 5,000 messages in Chromium, CPU slowed four times: what a message more, and scrolling, cost the page's main thread. */
import { launchBrowser, page, startSite, styleSheet } from "../web/site.mjs";
import { blocks } from "../web/snippets.mjs";
import { median } from "./median.mjs";
import { figures, milliseconds } from "./table.mjs";

const turns = 2500;
const samples = 9;
const frames = 50;
const longTaskMs = 50;

/** It repeats what one says. */
const bot = JSON.stringify({
  latchkey: 1, id: "echo", attributes: [{ name: "said", type: "text" }],
  dialogs: [
    { id: "default", elements: [{ type: "toDialog", dialog: "echo" }] },
    { id: "echo", elements: [{ type: "saveResponse", attribute: "said", text: "You said {{ said }}. What now?" }, { type: "toDialog", dialog: "echo" }] },
  ],
});

async function fill(tab) {
  await tab.evaluate(async (turns) => {
    const chat = document.querySelector("latchkey-chat");
    await chat.open();
    for (let turn = 0; turn < turns; turn++) {
      await chat.send(`message ${turn}`);
      if (turn % 50 === 0) await new Promise(requestAnimationFrame);
    }
    await new Promise((done) => setTimeout(done, 1500));
  }, turns);
}

/** How long the longest task takes when one sends a message and is answered, in ms; 0 when none is long. */
const longestOfMessage = (tab) => tab.evaluate(async () => {
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: "longtask" });
  await document.querySelector("latchkey-chat").send("one more");
  await new Promise((done) => setTimeout(done, 700));
  observer.disconnect();
  return Math.max(0, ...tasks);
});

/** Scrolls up by 200 pixels a frame. */
const scroll = (tab) => tab.locator("latchkey-messages .log").evaluate(async (log, frames) => {
  for (let frame = 0; frame < frames; frame++) {
    log.scrollTop -= 200;
    await new Promise(requestAnimationFrame);
  }
}, frames);

export async function measureTranscript() {
  const site = await startSite({ "/style.css": styleSheet, "/bot.json": bot, "/": page(blocks("docs/embedding.md", "html")[0]) });
  const browser = await launchBrowser();
  const tab = await browser.newPage();
  await tab.goto(site.origin);
  await fill(tab);
  const devtools = await tab.context().newCDPSession(tab);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await devtools.send("Performance.enable");
  const taskMs = async () => (await devtools.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  const longest = [], ofFrames = [];
  for (let sample = 0; sample < samples; sample++) {
    longest.push(await longestOfMessage(tab));
    const before = await taskMs();
    await scroll(tab);
    ofFrames.push(((await taskMs()) - before) / frames);
  }
  await browser.close();
  await site.close();
  return figures([
    ["the longest task of a message that is sent and answered, 0 when none takes 50 ms", median(longest), milliseconds, longTaskMs],
    ["the main thread's time of a frame while one scrolls", median(ofFrames), milliseconds, longTaskMs],
  ]);
}
