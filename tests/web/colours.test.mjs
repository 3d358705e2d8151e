/** The chat's colours follow the page, and what is written on them can be read. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { contrast } from "../../web/demo/site/theme/contrast.js";
import { chatTag, page } from "./site.mjs";
import { launcher, useBank } from "./visit.mjs";

const bank = useBank();

describe("the colours", () => {
  const style = (css) => {
    bank.files["/theme.css"] = css;
    bank.files["/"] = page(chatTag, '<link rel="stylesheet" href="/theme.css">');
  };
  const background = async (colorScheme) => {
    const tab = await bank.visit({ colorScheme });
    return launcher(tab).evaluate((node) => getComputedStyle(node).backgroundColor);
  };

  test("are the page's: its accent, and what goes with it in the dark", async () => {
    style(":root { --latchkey-accent: #702020 }");
    assert.deepEqual([await background("light"), await background("dark")], ["rgb(112, 32, 32)", "oklch(0.82 0.1 24.4909)"]);
  });

  test("follow the page's colour scheme, and not the system's when the page does not", async () => {
    style("body { color-scheme: light }");
    assert.equal(await background("dark"), "rgb(23, 64, 143)");
    style(":root { --latchkey-color-scheme: dark }");
    assert.match(await background("light"), /^oklch\(0\.82/);
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`whatever the accent, what is written on it can be read: ${colorScheme}`, async () => {
      const tab = await bank.visit({ colorScheme });
      const steps = [0, 51, 102, 153, 204, 255];
      const accents = [...steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => [r, g, b]))), [165, 0, 250], [255, 212, 0], [91, 33, 182]];
      const pairs = await launcher(tab).evaluate((button, all) => {
        const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
        const drawn = (colour) => {
          context.fillStyle = colour;
          context.fillRect(0, 0, 1, 1);
          return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
        };
        return all.map((accent) => {
          document.documentElement.style.setProperty("--latchkey-accent", `rgb(${accent})`);
          const { color, backgroundColor } = getComputedStyle(button);
          return [accent, drawn(color), drawn(backgroundColor)];
        });
      }, accents);
      for (const [accent, ink, fill] of pairs) assert.ok(contrast(ink, fill) >= 4.5, `${accent}: ${ink} on ${fill} is ${contrast(ink, fill)}`);
    });
  }
});
