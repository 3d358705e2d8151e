/** Buttons that put the page's clock forward (before-widget.js adds the offset to `Date.now`), and one to start over. */
import { announce, element } from "./elements.js";

const offsetKey = "acme-demo:clock-offset";

/** @param {HTMLElement} home */
export function showTime(home) {
  const clock = element("p.hint");
  const drawClock = () => {
    const minutes = Number(sessionStorage.getItem(offsetKey)) / 60_000;
    clock.textContent = minutes === 0 ? "The page's clock is right." : `The page's clock is ${minutes} min ahead.`;
  };
  const pass = (/** @type {number} */ minutes) => () => {
    sessionStorage.setItem(offsetKey, String(Number(sessionStorage.getItem(offsetKey)) + minutes * 60_000));
    drawClock();
    announce(`${minutes} min passed.`);
    // The chat looks at the clock again when its page is looked at again.
    window.dispatchEvent(new Event("focus"));
  };
  const buttons = [1, 4, 5].map((minutes) => element("button", { type: "button", onclick: pass(minutes) }, `+${minutes} min`));
  const startOver = element("button.quiet", { type: "button", onclick: forgetEverything }, "Start over");
  drawClock();
  home.append(element("div.buttons", {}, ...buttons, startOver), clock);
}

function forgetEverything() {
  const developer = sessionStorage.getItem("acme-demo:developer");
  sessionStorage.clear();
  if (developer) sessionStorage.setItem("acme-demo:developer", developer);
  location.reload();
}
