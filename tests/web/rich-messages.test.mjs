/** Media, cards and markup in a real browser: what a visitor sees and hears, and what no message can do. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { focused, isAccessible, listen, surroundings } from "./assistive.mjs";
import { attributes, bank, botSays, hear, holdBack, leadsOut, link, waitsForCode } from "./rich-visit.mjs";
import { chatTag, page } from "./site.mjs";
import { launcher, log, openChat, says, strictPolicy, watch, watched, write } from "./visit.mjs";

const everything = ["image", "tall", "small", "broken", "video", "audio", "document", "cards", "card", "markdown"];

describe("an image", () => {
  test("has its words and its place, and opens in a new tab", async () => {
    const tab = await hear(["image"]);
    const image = log(tab).getByRole("img", { name: "A map of the branches" });
    await image.waitFor();
    assert.deepEqual(await attributes(image, "loading", "referrerpolicy"), ["lazy", "no-referrer"]);
    await says(tab, "Our branches in the city");
    await leadsOut(link(tab, "A map of the branches"), `${bank.origin}/wide.svg`);
  });

  test("moves nothing when it comes, and is never drawn larger than it is", async () => {
    let release;
    const tab = await hear([], {}, async (other) => {
      await watch(other);
      release = await holdBack(other, "/wide.svg");
    });
    await write(tab, "image");
    await says(tab, "Our branches in the city");
    const place = link(tab, "A map of the branches");
    const caption = log(tab).getByText("Our branches in the city");
    const before = [(await place.boundingBox()).height, (await caption.boundingBox()).y];
    release();
    await tab.waitForFunction((node) => node.naturalWidth === 1600, await log(tab).getByRole("img").elementHandle());
    assert.deepEqual([(await place.boundingBox()).height, (await caption.boundingBox()).y], before);
    const { width, height } = await log(tab).getByRole("img").boundingBox();
    assert.ok(Math.abs(width / height - 16 / 9) < 0.01, `${width} x ${height}`);
    assert.ok(height <= 180);
    assert.deepEqual(await watched(tab), [[], 0]);
    await write(tab, "small");
    const small = log(tab).getByRole("img", { name: "A dot" });
    await tab.waitForFunction((node) => node.naturalWidth === 48, await small.elementHandle());
    assert.deepEqual(Object.values(await small.boundingBox()).slice(2), [48, 48]);
  });

  test("that does not come leaves its words", async () => {
    const tab = await hear(["broken"]);
    await says(tab, "A photo of the counter");
    assert.equal(await log(tab).getByRole("img", { name: "A photo of the counter" }).count(), 0);
    assert.ok((await link(tab, "A photo of the counter").boundingBox()).height > 80, "in the same place");
  });

  test("over plain http from elsewhere is not loaded, but linked to", async () => {
    botSays({ type: "image", url: "http://pictures.example/a.png", alt: "Somewhere else" });
    const asked = [];
    const tab = await hear(["more"], {}, (other) => other.on("request", (request) => asked.push(request.url())));
    await leadsOut(link(tab, "Somewhere else"), "http://pictures.example/a.png");
    assert.deepEqual(asked.filter((url) => url.includes("pictures.example")), []);
  });
});

describe("an image that is pressed", () => {
  const map = "A map of the branches";
  const large = (tab) => tab.getByRole("dialog", { name: map });

  async function enlarged(options, prepare) {
    const tab = await hear(["image"], options, prepare);
    await log(tab).getByRole("img", { name: map }).waitFor();
    await link(tab, map).click();
    await large(tab).waitFor();
    return tab;
  }

  for (const [name, options] of Object.entries(surroundings)) {
    test(`is shown as large as the window lets it be, and axe finds nothing: ${name}`, async () => {
      const tab = await enlarged(options);
      const image = large(tab).getByRole("img", { name: map });
      await tab.waitForFunction((node) => node.naturalWidth === 1600, await image.elementHandle());
      const { x, y, width, height } = await image.boundingBox();
      const screen = tab.viewportSize();
      assert.ok(x >= 0 && y >= 0 && x + width <= screen.width && y + height <= screen.height);
      assert.ok(width >= Math.min(screen.width, 1280) * 0.8, `${width} of ${screen.width}`);
      assert.equal(await focused(tab), "Close image");
      await leadsOut(large(tab).getByRole("link", { name: "Open the original" }), `${bank.origin}/wide.svg`);
      await isAccessible(tab, "with a large image");
    });
  }

  const ways = {
    "Escape": (tab) => tab.keyboard.press("Escape"),
    "its button": (tab) => tab.keyboard.press("Enter"),
    "a press beside it": (tab) => tab.mouse.click(8, 400),
  };
  for (const [name, close] of Object.entries(ways)) {
    test(`is closed by ${name}, and the focus comes back`, async () => {
      const tab = await enlarged();
      await close(tab);
      await large(tab).waitFor({ state: "detached" });
      assert.equal(await log(tab).isVisible(), true, "the chat stays open");
      assert.equal(await tab.evaluate(() => {
        let { activeElement } = document;
        while (activeElement.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
        return activeElement.querySelector("img")?.alt;
      }), map);
    });
  }

  test("keeps the focus inside", async () => {
    const tab = await enlarged();
    const stops = new Set();
    for (let step = 0; step < 6; step++) {
      await tab.keyboard.press("Tab");
      stops.add(await focused(tab));
    }
    for (const stop of stops) assert.ok(["Open the original", "Close image"].includes(stop) || /^A bank/.test(stop), stop);
  });

  test("keeps the strict policy", async () => {
    bank.files["/"] = { body: page(chatTag), headers: { "content-security-policy": strictPolicy(bank.api.origin) } };
    const tab = await enlarged({}, watch);
    await tab.keyboard.press("Escape");
    assert.deepEqual((await watched(tab))[0], []);
    assert.deepEqual(tab.errors, []);
  });

  test("goes with its message, and with the panel", async () => {
    const tab = await enlarged();
    const element = await log(tab).evaluateHandle((node) => node.getRootNode().host.getRootNode().host);
    await element.evaluate((node) => node.session.restart());
    await large(tab).waitFor({ state: "detached" });
    await write(tab, "image");
    await link(tab, map).click();
    await large(tab).waitFor();
    await element.evaluate((node) => node.close());
    await large(tab).waitFor({ state: "detached" });
    await tab.getByRole("link", { name: "link" }).click();
    await tab.waitForURL("**/elsewhere.html");
  });

  test("opens in a tab for who asks for one, and where it did not come", async () => {
    const tab = await hear(["image", "broken"]);
    await log(tab).getByRole("img", { name: map }).waitFor();
    await says(tab, "A photo of the counter");
    for (const [name, options] of [[map, { modifiers: ["Control"] }], ["A photo of the counter", {}]]) {
      const [opened] = await Promise.all([tab.context().waitForEvent("page"), link(tab, name).click(options)]);
      await opened.close();
    }
    assert.equal(await large(tab).count(), 0);
  });
});

describe("a video, a sound and a document", () => {
  test("a sound plays in the chat, and is silent when the chat is closed", async () => {
    const tab = await hear(["audio"]);
    const audio = log(tab).locator("audio");
    assert.deepEqual(await attributes(audio, "aria-label", "preload", "controls"), ["A greeting", "metadata", ""]);
    await audio.evaluate((node) => ((node.loop = true), node.play()));
    assert.equal(await audio.evaluate((node) => node.paused), false);
    const player = await audio.elementHandle();
    await launcher(tab).click();
    await tab.waitForFunction((node) => node.paused, player);
  });

  test("a video plays where it stands, and is a link when it does not come", async () => {
    const tab = await hear(["video"]);
    const video = log(tab).locator("video");
    assert.deepEqual(await attributes(video, "aria-label", "preload", "controls", "playsinline", "autoplay"), ["How to send money", "metadata", "", "", null]);
    await leadsOut(link(tab, "How to send money"), `${bank.origin}/none.webm`);
    assert.equal(await video.isVisible(), false);
    await says(tab, "Two minutes");
  });

  test("a document is a link with its name", async () => {
    const tab = await hear(["document"]);
    await leadsOut(link(tab, "Terms and conditions.pdf"), `${bank.origin}/terms.pdf`);
    await says(tab, "12 pages");
  });

  test("a document without a name has that of its file", async () => {
    botSays({ type: "document", url: "https://files.example/a/my%20report.pdf?x=1" });
    await leadsOut(link(await hear(["more"]), "my report.pdf"), "https://files.example/a/my%20report.pdf?x=1");
  });
});

describe("markup", () => {
  test("is shown, links lead out of the chat", async () => {
    const tab = await hear(["markdown"]);
    await leadsOut(link(tab, "the prices"), "https://bank.example/prices");
    assert.equal(await log(tab).getByText("Ada", { exact: true }).evaluate((node) => getComputedStyle(node).fontWeight >= 600), true);
    assert.deepEqual(await log(tab).getByRole("list").first().locator(":scope > li").allInnerTexts(), ["Take your IBAN", "Add\nthe amount\na note", "Send it"]);
    assert.equal(await log(tab).getByText("Line one").innerText(), "Line one\nline two");
  });

  test("of what the user says is none", async () => {
    botSays({ type: "saveResponse", attribute: "note", text: "Which note?" }, { type: "text", text: "**Noted**: {{ note }} `{{ note }}`" });
    bank.files["/bot.json"] = JSON.stringify({ ...JSON.parse(bank.files["/bot.json"]), attributes: [{ name: "note", type: "text" }] });
    const note = "*a* [b](javascript:alert(1)) <b>c</b> ![d](/e) 2,418.32";
    const tab = await hear(["more", note]);
    await log(tab).getByText("Noted", { exact: true }).waitFor();
    const [said] = await log(tab).getByText("Noted", { exact: true }).locator("xpath=../..").allInnerTexts();
    assert.equal(said, `Noted: ${note} ${note}`);
    assert.equal(await log(tab).getByRole("link").count(), 0);
  });
});

describe("code that comes when it is needed", () => {
  test("comes then, each kind once, and nobody sees the message change", async () => {
    bank.requests.length = 0;
    const tab = await hear([], {}, async (other) => {
      await watch(other);
      await waitsForCode(other);
    });
    const asked = () => bank.requests.filter((path) => /latchkey-(rich|markdown)/.test(path));
    assert.deepEqual(asked(), []);
    const release = await holdBack(tab, "/latchkey-markdown.js");
    await write(tab, "markdown");
    await tab.getByRole("img", { name: "The assistant is typing" }).waitFor();
    assert.equal(await log(tab).getByText(/Ada/).count(), 0);
    release();
    await link(tab, "the prices").waitFor();
    assert.equal(await tab.getByRole("img", { name: "The assistant is typing" }).count(), 0);
    await write(tab, "markdown");
    await write(tab, "image");
    await write(tab, "cards");
    await log(tab).getByText("1 / 3").waitFor();
    assert.deepEqual(asked(), ["/latchkey-markdown.js", "/latchkey-rich.js"]);
    assert.deepEqual(await watched(tab), [[], 0]);
  });

  test("that is slow is not waited for: the message is plain text until it comes", async () => {
    const tab = await hear([], {}, listen);
    const release = await holdBack(tab, "/latchkey-markdown.js");
    await write(tab, "markdown");
    await log(tab).getByText(/Hello \*\*Ada\*\*/).waitFor();
    await tab.evaluate(() => (globalThis.announced.length = 0));
    release();
    await link(tab, "the prices").waitFor();
    assert.deepEqual((await tab.evaluate(() => globalThis.announced)).filter((line) => line.includes("Ada")), [], "it was announced before");
  });

  test("that fails leaves plain text, and is tried again with the next message", async () => {
    bank.files["/latchkey-rich.js"] = { status: 404, body: "" };
    const warnings = [];
    const tab = await hear(["cards"], {}, (other) => other.on("console", (message) => message.type() === "warning" && warnings.push(message.text())));
    await log(tab).getByText("Savings account: 2.5 % a year").waitFor();
    assert.match(warnings.join(), /latchkey-rich\.js could not be loaded .*Put it beside latchkey\.js/);
    assert.equal(warnings.length, 1);
    delete bank.files["/latchkey-rich.js"];
    await write(tab, "image");
    await log(tab).getByRole("img", { name: "A map of the branches" }).waitFor();
    await log(tab).getByText("1 / 3").waitFor();
  });

  test("that throws leaves plain text too", async () => {
    bank.files["/latchkey-rich.js"] = { body: 'export const enter = () => { throw new Error("of another version"); };', headers: {} };
    const tab = await hear(["cards"]);
    await log(tab).getByText("Savings account: 2.5 % a year").waitFor();
    assert.equal(await tab.getByRole("img", { name: "The assistant is typing" }).count(), 0);
  });

  test("holds the words after a message until they can stand below it", async () => {
    botSays({ type: "image", url: "/wide.svg", alt: "First" }, { type: "text", text: "Second" });
    const tab = await hear([], {}, waitsForCode);
    const release = await holdBack(tab, "/latchkey-rich.js");
    await write(tab, "more");
    await tab.getByRole("img", { name: "The assistant is typing" }).waitFor();
    assert.equal(await log(tab).getByText("Second").count(), 0);
    release();
    await says(tab, "Second");
  });
});

test("every kind of message keeps the strict policy, the page's layout and its globals", async () => {
  bank.files["/"] = { body: page(chatTag), headers: { "content-security-policy": strictPolicy(bank.api.origin) } };
  const tab = await bank.visit({}, watch);
  const globals = await tab.evaluate(() => Object.keys(globalThis));
  await openChat(tab);
  for (const word of everything) await write(tab, word);
  await link(tab, "the prices").waitFor();
  const isStill = async () => {
    const [violations, shifts] = await watched(tab);
    assert.deepEqual(violations, []);
    // In Chromium's own controls of a video something moves when they come.
    assert.ok(shifts < 0.001, `${shifts}`);
  };
  await isStill();
  await tab.reload();
  await link(tab, "the prices").waitFor();
  await isStill();
  assert.deepEqual(tab.errors, []);
  assert.deepEqual(await tab.evaluate(() => Object.keys(globalThis)), globals);
});

describe("a stored transcript that somebody edited", () => {
  const restoreWith = async (tab, entries) => {
    await tab.evaluate((more) => {
      const stored = JSON.parse(sessionStorage.getItem("latchkey:test-bank"));
      stored.transcript.entries.push(...more);
      sessionStorage.setItem("latchkey:test-bank", JSON.stringify(stored));
    }, entries);
    await tab.reload();
  };
  const said = (...messages) => messages.map((message) => ({ from: "bot", at: 1, message }));
  const script = "javascript:document.title='owned'";

  test("leads nowhere and runs nothing", async () => {
    const markup = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
    bank.files["/"] = page(chatTag);
    const asked = [];
    const tab = await hear([], {}, (other) => other.on("request", (request) => asked.push(request.url())));
    asked.length = 0;
    await restoreWith(tab, said(
      ...["image", "video", "audio", "document"].flatMap((kind) => [
        { kind, url: script, alt: markup, caption: markup }, { kind, url: "data:text/html,<script>opener.document.title='owned'</script>", name: markup },
      ]),
      { kind: "cards", cards: [{ title: markup, text: markup, image: script, alt: markup, buttons: [{ label: "Press", url: script }, { label: markup, value: 1 }] }] },
      { kind: "text", text: "x", markdown: `[Press](${script}) ${markup} ![Press](${script}) **end**` },
    ));
    await log(tab).getByText("end", { exact: true }).waitFor();
    const hrefs = await log(tab).evaluate((node) => [...node.querySelectorAll("[href], [src]")].map((one) => one.getAttribute("href") ?? one.getAttribute("src")));
    assert.deepEqual(hrefs, []);
    assert.equal(await log(tab).locator("script, iframe, object, embed, img").count(), 0);
    assert.deepEqual(asked.filter((url) => !url.startsWith(bank.origin)), []);
    await log(tab).locator("p", { hasText: "Press" }).last().click({ position: { x: 8, y: 8 } });
    assert.equal(await tab.title(), "A bank");
  });

  test("and of which a field is of another type is dropped whole", async () => {
    const tab = await hear(["cards"]);
    await log(tab).getByText("1 / 3").waitFor();
    await restoreWith(tab, said({ kind: "cards", cards: [{ title: { toString: "x" } }] }));
    await says(tab, "The earlier chat could not be continued, so a new one begins");
  });
});

for (const [name, options] of Object.entries(surroundings)) {
  test(`axe finds nothing in any kind of message: ${name}`, async () => {
    const tab = await hear(everything, options);
    await link(tab, "the prices").waitFor();
    await isAccessible(tab, "on offer");
    await log(tab).getByRole("button", { name: "Next card" }).click();
    await log(tab).getByText("2 / 3").waitFor();
    await isAccessible(tab, "with cards of before");
  });
}

test("each kind of message is announced once, cards by their number", async () => {
  const tab = await hear(["image", "tall", "cards", "card", "document"], {}, listen);
  await link(tab, "Terms and conditions.pdf").waitFor();
  await log(tab).getByRole("button", { name: "Next card" }).click();
  await log(tab).getByText("2 / 3").waitFor();
  const announced = await tab.evaluate(() => globalThis.announced);
  const times = (text) => announced.filter((line) => line.includes(text)).length;
  for (const text of ["A map of the branches", "Our branches in the city", "A tower", "3 cards", "A jar of coins", "Terms and conditions.pdf"]) {
    assert.equal(times(text), 1, `${text}: ${JSON.stringify(announced)}`);
  }
  for (const text of ["Car loan", "2 / 3"]) assert.equal(times(text), 0, `${text}: ${JSON.stringify(announced)}`);
});

test("what was said before a reload is not announced again, what comes after it is", async () => {
  const tab = await hear(["cards", "markdown"], {}, listen);
  await link(tab, "the prices").waitFor();
  await tab.reload();
  await link(tab, "the prices").waitFor();
  assert.deepEqual((await tab.evaluate(() => globalThis.announced)).filter((line) => !line.startsWith("region:")), []);
  await write(tab, "document");
  await link(tab, "Terms and conditions.pdf").waitFor();
  const announced = await tab.evaluate(() => globalThis.announced);
  assert.equal(announced.filter((line) => line.includes("Terms and conditions.pdf")).length, 1, JSON.stringify(announced));
});

describe("a page at 400 %", () => {
  for (const viewport of [{ width: 320, height: 256 }, { width: 320, height: 568 }]) {
    test(`shows every kind of message in its width: ${viewport.width} x ${viewport.height}`, async () => {
      const tab = await hear(everything, { viewport });
      await link(tab, "the prices").waitFor();
      const wide = await log(tab).evaluate((node) => {
        const end = node.getBoundingClientRect().right;
        const inside = [...node.querySelectorAll("figure, figure *, .bubble, li:only-child *")];
        return [node.scrollWidth - node.clientWidth, ...inside.filter((one) => one.getBoundingClientRect().right > end).map((one) => one.outerHTML)];
      });
      assert.deepEqual(wide, [0]);
    });
  }
});
