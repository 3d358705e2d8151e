/** The number of new messages on the launcher of a chat that is closed, and for who does not see it. */
import { fillCount, type Words } from "../../words.js";
import styles from "./badge.css";

/** A live region announces what comes into it when it has been there for so long. */
const noticedMs = 150;

/** What it gives shows a number on `button`, in its name too; 0 takes it away. */
export function showUnread(root: ShadowRoot, button: HTMLButtonElement, texts: Words): (count: number) => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets.push(sheet);
  const region = document.createElement("span");
  region.role = "status";
  button.before(region);
  let name = "";
  let naming: ReturnType<typeof setTimeout>;
  return (count) => {
    clearTimeout(naming);
    if (count) {
      name ||= button.ariaLabel ?? "";
      button.dataset["unread"] = count > 99 ? "99+" : `${count}`;
      // Plurals take a browser long, the first time, too; a chat that opens at once needs none.
      naming = setTimeout(() => {
        region.textContent = fillCount(texts.newMessages, count, texts.locale);
        button.ariaLabel = button.title = `${name} (${region.textContent})`;
      }, noticedMs);
    } else {
      delete button.dataset["unread"];
      region.textContent = "";
      if (name) button.ariaLabel = button.title = name;
      name = "";
    }
  };
}
