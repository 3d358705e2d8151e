/** Takes the pictures of docs/theming.md from the built chat: `. script/environment.sh; node docs/images/take.mjs` */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { launchBrowser, page, startSite } from "../../tests/web/site.mjs";
import { blocks } from "../../tests/web/snippets.mjs";

const root = join(import.meta.dirname, "../..");
const bot = await readFile(join(root, "web/demo/embedding/mobile.json"), "utf8");
const [own] = blocks("docs/theming.md", "css");
const files = { "/bot.json": bot, "/style.css": "body { margin: 0; color-scheme: light dark; background: Canvas; color: CanvasText } main { visibility: hidden }" };
const site = await startSite(files);
const browser = await launchBrowser();
for (const [name, css, colorScheme] of [["theme-default", "", "light"], ["theme-own", own, "light"], ["theme-own-dark", own, "dark"]]) {
  files["/theme.css"] = css;
  files["/"] = page('<script src="/latchkey.js" data-bot="/bot.json"></script>', '<link rel="stylesheet" href="/theme.css">');
  const tab = await browser.newPage({ viewport: { width: 500, height: 720 }, colorScheme, reducedMotion: "reduce" });
  await tab.goto(site.origin);
  await tab.getByRole("button", { name: "Open chat" }).click();
  await tab.getByRole("button", { name: "What is my plan?" }).click();
  await tab.getByText("The page says").waitFor();
  await tab.waitForTimeout(500);
  await tab.screenshot({ path: join(import.meta.dirname, `${name}.png`) });
  await tab.close();
}
await browser.close();
await site.close();
