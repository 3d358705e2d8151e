/** The page around the chat: its style sheets, its shortcuts, its printing. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isAccessible, phone } from "./assistive.mjs";
import { chatTag, page } from "./site.mjs";
import { blocks } from "./snippets.mjs";
import { field, launcher, openChat, panel, says, signIn, useBank } from "./visit.mjs";

const bank = useBank();

/** The page with `css` of its own, and what stands in its body. */
function style(css, body = chatTag) {
  bank.files["/own.css"] = css;
  bank.files["/"] = page(body, '<link rel="stylesheet" href="/own.css">');
}

test("what is printed is the page without the chat, open or closed", async () => {
  const tab = await bank.visit();
  await tab.emulateMedia({ media: "print" });
  assert.equal(await launcher(tab).isVisible(), false);
  await tab.emulateMedia({ media: "screen" });
  await openChat(tab);
  await tab.emulateMedia({ media: "print" });
  assert.equal(await tab.locator("latchkey-chat").evaluate((chat) => getComputedStyle(chat).display), "none");
  assert.equal(await tab.getByRole("dialog").isVisible(), false);
});

describe("the keys", () => {
  const hear = (tab) => tab.evaluate(() => {
    globalThis.heard = [];
    for (const kind of ["keydown", "keypress", "keyup"]) addEventListener(kind, ({ key }) => globalThis.heard.push(`${kind} ${key}`));
  });
  const heard = (tab) => tab.evaluate(() => globalThis.heard);

  test("that are pressed in the chat are no shortcuts of the page", async () => {
    const tab = await bank.visit();
    await openChat(tab);
    await hear(tab);
    await field(tab).press("/");
    await field(tab).press("Enter");
    await field(tab).press("ArrowDown");
    assert.deepEqual(await heard(tab), []);
  });

  test("of a chat inline are the page's where they mean nothing to it: Escape", async () => {
    style("", '<latchkey-chat bot="/bot.json" layout="inline"></latchkey-chat><script src="/latchkey.js"></script>');
    const tab = await bank.visit();
    await says(tab, "Welcome to Test Bank.");
    await hear(tab);
    await field(tab).press("Escape");
    assert.deepEqual(await heard(tab), ["keydown Escape"]);
  });

  test("of an input method send nothing, in Safari too, which tells of its last key when the composition is over", async () => {
    const tab = await bank.visit();
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    await field(tab).fill("C-1001");
    const isTaken = await field(tab).evaluate((node) => !node.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true, composed: true })));
    assert.deepEqual([isTaken, await field(tab).inputValue()], [false, "C-1001"]);
  });
});

describe("the panel is wholly in the window", () => {
  const styles = {
    "a page that is zoomed": "html { zoom: 1.5 }",
    "a body that is": "body { zoom: 1.25 }",
    "a page that is made smaller": "body { zoom: 0.8 }",
    "a panel wider than the window": ":root { --latchkey-width: 4000px; --latchkey-height: 4000px }",
  };
  for (const [name, css] of Object.entries(styles)) {
    for (const [where, options] of [["at a desk", {}], ["on a phone", phone]]) {
      test(`${name}, ${where}`, async () => {
        style(css);
        const tab = await bank.visit(options);
        await openChat(tab);
        await says(tab, "What is your customer ID?");
        const { x, y, width, height } = await panel(tab).boundingBox();
        const window = tab.viewportSize();
        assert.ok(x >= 0 && y >= 0 && x + width <= window.width + 1 && y + height <= window.height + 1, JSON.stringify({ x, y, width, height, window }));
        if (options.isMobile) assert.ok(width >= window.width - 1 && height >= window.height - 1, `${width} x ${height} is not the whole screen`);
      });
    }
  }

  test("and so is a launcher with a long label", async () => {
    style("", chatTag.replace("data-bot", 'data-label="Ask our assistant about your account, your cards and your appointments" data-bot'));
    const tab = await bank.visit({ ...phone, viewport: { width: 320, height: 568 } });
    const { x, width } = await launcher(tab).boundingBox();
    assert.ok(x >= 20 && x + width <= 300, `${x} + ${width}`);
    assert.ok(await launcher(tab).evaluate((button) => button.scrollHeight <= button.clientHeight && button.scrollWidth <= button.clientWidth), "the label is in the button");
  });
});

describe("docs/theming.md", () => {
  const [, parts] = blocks("docs/theming.md", "css");
  for (const colorScheme of ["light", "dark"]) {
    test(`a header in the page's colours can be read, signed in too: ${colorScheme}`, async () => {
      style(parts);
      const tab = await bank.visit({ colorScheme });
      await signIn(tab);
      await says(tab, "What can I do for you?");
      await isAccessible(tab, "signed in");
    });
  }
});
