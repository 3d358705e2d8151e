/** The test customers, to sign in with. */
import { announce, element } from "./elements.js";

/** @param {HTMLElement} home */
export async function showCustomers(home) {
  const response = await fetch("/test-customers.json");
  /** @type {{ id: string, passcode: string, name: string }[]} */
  const customers = await response.json();
  home.append(element("ul.customers", {}, ...customers.map(({ name, id, passcode }) => element("li", {},
    element("span.customer", {}, name),
    copyButton(`customer ID of ${name}`, id),
    copyButton(`passcode of ${name}`, passcode)))));
}

/** @type {(what: string, text: string) => HTMLElement} */
function copyButton(what, text) {
  const button = element("button.copy", { type: "button", title: "Copy", "aria-label": `Copy the ${what}: ${text}` }, text);
  button.addEventListener("click", async () => {
    if (!await copied(text)) return getSelection()?.selectAllChildren(button);
    button.classList.add("copied");
    announce(`Copied the ${what}.`);
    setTimeout(() => button.classList.remove("copied"), 1500);
  });
  return button;
}

/** The clipboard may be refused; then the text is selected instead. @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
