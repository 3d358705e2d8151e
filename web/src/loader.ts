/**
 * The one script that a page includes: `<script src="latchkey.js" data-bot="bot.json"></script>`. It puts a
 * `<latchkey-chat>` with the tag's options into the page; a tag without options only defines that element.
 */
import { chatTag, defineChat } from "./element.js";

function run(): void {
  const script = document.currentScript;
  // A module does not know its own tag.
  if (!(script instanceof HTMLScriptElement)) {
    console.error('latchkey: write the script tag without type="module".');
    return;
  }
  defineChat(script.src);
  const options = [...script.attributes].filter(({ name }) => name.startsWith("data-"));
  // Not document.body: an image of that name would stand in for it.
  const html = script.closest("html");
  const draw = () => {
    const body = html?.querySelector("body");
    if (!body) return false;
    const chat = document.createElement(chatTag);
    for (const { name, value } of options) chat.setAttribute(name.slice(5), value);
    body.append(chat);
    return true;
  };
  if (options.length && !draw()) document.addEventListener("DOMContentLoaded", draw);
}

run();
