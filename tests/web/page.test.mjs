import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bankBot } from "./bank-bot.mjs";
import { chatTag, page, pageCache, withoutPageCache } from "./site.mjs";
import { launcher, openChat, panel, says, signIn, strictPolicy, useBank, watch, watched, write } from "./visit.mjs";

const bank = useBank(pageCache);

const unavailable = "The chat is not available right now. Press the button to try again.";

describe("the page around the chat", () => {
  test("P1, P4, P8: keeps its strict policy, its globals and its layout", async () => {
    bank.files["/"] = { body: page(chatTag), headers: { "content-security-policy": strictPolicy(bank.api.origin) } };
    const tab = await bank.visit({}, watch);
    await signIn(tab);
    await says(tab, "Your balance is EUR 2,418.32.");
    await tab.getByRole("button", { name: "Goodbye" }).click();
    await tab.getByRole("button", { name: "Start again" }).click();
    await write(tab, "C-9999");
    await says(tab, "That ID was not recognised.");
    await launcher(tab).click();
    assert.deepEqual(await watched(tab), [[], 0]);
    assert.deepEqual(tab.errors, []);
    const globals = await tab.evaluate(() => Object.keys(globalThis));
    const plain = await bank.visit({}, async (other) => {
      await watch(other);
      bank.files["/"] = page("");
    });
    assert.deepEqual(globals, await plain.evaluate(() => Object.keys(globalThis)));
  });

  test("P7, P8: loads nothing but the loader until the visitor shows interest", async () => {
    bank.requests.length = 0;
    const tab = await bank.visit();
    await launcher(tab).waitFor();
    assert.deepEqual([...bank.requests].sort(), ["/", "/latchkey.js", "/style.css"]);
    const shown = [/bot\.json$/, /latchkey-chat\.js$/, /latchkey\.wasm$/].map((file) => tab.waitForResponse(file));
    await Promise.all([...shown, launcher(tab).hover()]);
    assert.deepEqual(bank.requests.slice(3).sort(), ["/bot.json", "/latchkey-chat.js", "/latchkey.wasm"]);
    await Promise.all([tab.waitForResponse(/latchkey-vault\.js$/), openChat(tab)]);
    await says(tab, "Welcome to Test Bank.");
    assert.deepEqual(bank.requests.slice(6), ["/latchkey-vault.js"], "a question asks for what is sensitive, and nothing is fetched twice");
  });

  test("P6: cannot undo the chat's looks by its styles, nor break it by its ids", async () => {
    const head = '<link rel="stylesheet" href="/hostile.css">';
    bank.files["/hostile.css"] = "* { all: unset !important } latchkey-chat, latchkey-chat * { display: none !important; position: static !important }";
    bank.files["/"] = page(`<img name="body" id="document" alt=""><form id="latchkey"><input name="append"></form>${chatTag}`, head);
    const tab = await bank.visit();
    const box = await launcher(tab).boundingBox();
    assert.deepEqual([box.x + box.width, box.y + box.height], [1260, 780]);
    await openChat(tab);
    await says(tab, "Welcome to Test Bank.");
    assert.equal((await panel(tab).boundingBox()).width, 396);
  });

  test("P6: may stand in a sandboxed frame, where there is no storage", async () => {
    bank.files["/frame.html"] = page(chatTag);
    const open = { "access-control-allow-origin": "*" };
    for (const path of ["/latchkey-chat.js", "/latchkey.wasm", "/bot.json"]) {
      const body = path === "/bot.json" ? bank.files[path] : Buffer.from(await (await fetch(bank.origin + path)).arrayBuffer());
      bank.files[path] = { body, headers: open };
    }
    bank.files["/"] = page('<iframe sandbox="allow-scripts" src="/frame.html" width="600" height="500" title="Frame"></iframe>');
    const tab = await bank.visit();
    const frame = tab.frameLocator("iframe");
    await frame.getByRole("button", { name: "Open chat" }).click();
    await frame.getByRole("log").getByText("What is your customer ID?").waitFor();
    await frame.getByLabel(/^Your answer/).fill("C-1001");
    await frame.getByLabel(/^Your answer/).press("Enter");
    await frame.getByText("Your balance is EUR 2,418.32.").waitFor();
    assert.deepEqual(tab.errors, []);
  });

  test("R1: may narrow where its bot calls", async () => {
    bank.files["/"] = page(chatTag.replace(" data-bot", ' data-api-origins="self https://api.example" data-bot'));
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "That ID was not recognised.");
    assert.deepEqual(bank.api.calls, []);
  });

  test("names the launcher", async () => {
    bank.files["/"] = page(chatTag.replace(" data-bot", ' data-label="Ask us" data-bot'));
    const tab = await bank.visit();
    await tab.getByRole("button", { name: "Ask us" }).click();
    await panel(tab).waitFor();
    await launcher(tab).click();
    await tab.getByRole("button", { name: "Ask us" }).getByText("Ask us").waitFor();
  });
});

describe("S5: two bots on one page", () => {
  test("do not see each other", async () => {
    bank.files["/other.json"] = bankBot(bank.api.origin, { id: "other-bank", name: "Other Bank assistant" });
    bank.files["/"] = page(chatTag + chatTag.replace("bot.json", "other.json"));
    const tab = await bank.visit();
    const buttons = tab.getByRole("button", { name: "Open chat" });
    assert.equal(await buttons.count(), 2);
    const [first, second] = await Promise.all([buttons.nth(0).boundingBox(), buttons.nth(1).boundingBox()]);
    assert.ok(second.x + second.width < first.x, "neither covers the other");
    await buttons.nth(1).click();
    const other = tab.getByRole("dialog", { name: "Other Bank assistant" });
    await other.getByText("What is your customer ID?").waitFor();
    await buttons.nth(0).click();
    const one = tab.getByRole("dialog", { name: "Test Bank assistant" });
    await one.getByLabel(/^Your answer/).fill("C-1001");
    await one.getByLabel(/^Your answer/).press("Enter");
    await one.getByText("Your balance is EUR 2,418.32.").waitFor();
    assert.equal(await other.getByText(/^Signed in/).count(), 0);
    assert.equal(await other.getByText("••••1001").count(), 0);
    const heard = await tab.evaluate(async () => JSON.stringify(await document.querySelectorAll("latchkey-chat")[1].transcript()));
    assert.ok(heard.includes("customer ID") && !heard.includes("1001"), heard);
    for (const bot of ["test-bank", "other-bank"]) await tab.waitForFunction((id) => sessionStorage.getItem(`latchkey:${id}`).includes('"sealed":"'), bot);
    await tab.reload();
    await one.getByText(/^Signed in (as .* )?until/).waitFor();
    await other.getByText("What is your customer ID?").waitFor();
  });
});

describe("coming back to the page", () => {
  test("L4: after the sign-in was over shows nothing secured in the first frame", { skip: withoutPageCache }, async () => {
    bank.files["/bot.json"] = bankBot(bank.api.origin, { timeoutMinutes: 0.1 });
    const tab = await bank.visit({}, (other) => other.addInitScript(() => {
      addEventListener("pageshow", ({ persisted }) => {
        if (!persisted) return;
        const chat = document.querySelector("latchkey-chat").shadowRoot.querySelector("latchkey-panel").shadowRoot;
        const read = () => chat.querySelector("latchkey-messages").shadowRoot.textContent + chat.textContent;
        globalThis.atReturn = [read()];
        requestAnimationFrame(() => globalThis.atReturn.push(read()));
      }, { capture: true });
    }));
    await signIn(tab);
    await says(tab, "Your balance is EUR 2,418.32.");
    await tab.goto(`${bank.origin}/elsewhere.html`);
    await new Promise((later) => setTimeout(later, 6500));
    await tab.goBack({ waitUntil: "commit" });
    await tab.waitForFunction(() => globalThis.atReturn?.length === 2);
    const [before, frame] = await tab.evaluate(() => globalThis.atReturn);
    assert.ok(!before.includes("2,418") && !frame.includes("2,418"));
    assert.ok(frame.includes("What was said while signed in is hidden") && !frame.includes("Signed in as"));
  });

  test("while signed in shows the chat as it was", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "Your balance is EUR 2,418.32.");
    await tab.goto(`${bank.origin}/elsewhere.html`);
    await tab.goBack({ waitUntil: "commit" });
    await says(tab, "Your balance is EUR 2,418.32.");
    assert.deepEqual(tab.errors, []);
  });
});

describe("P8: what cannot be loaded", () => {
  const fails = async (tab, expected) => {
    await tab.getByRole("button", { name: "Open chat" }).click();
    await tab.getByText(unavailable).waitFor();
    assert.equal(await panel(tab).count(), 0);
    assert.equal(await tab.getByRole("heading", { name: "A bank" }).isVisible(), true);
    assert.equal(tab.errors.length, 1, tab.errors.join("\n"));
    assert.match(tab.errors[0], expected);
  };

  test("a tag with options but without data-bot", async () => {
    bank.files["/"] = page('<script src="/latchkey.js" data-label="Ask us"></script>');
    const tab = await bank.visit();
    assert.equal(await launcher(tab).count(), 0);
    assert.equal(tab.errors.length, 1);
    assert.match(tab.errors[0], /data-bot="bot\.json"/);
  });

  test("a module: it cannot know its own tag", async () => {
    bank.files["/"] = page(chatTag.replace("<script", '<script type="module"'));
    const tab = await bank.visit();
    assert.equal(await launcher(tab).count(), 0);
    assert.equal(tab.errors.length, 1);
    assert.match(tab.errors[0], /without type="module"/);
  });

  test("a bot file that is missing: and the next click tries again", async () => {
    bank.files["/bot.json"] = { status: 404, body: "" };
    const tab = await bank.visit();
    await fails(tab, /bot\.json answered 404\. Check the address \(data-bot\)/);
    bank.reset();
    await openChat(tab);
    await says(tab, "Welcome to Test Bank.");
    assert.equal(tab.errors.length, 1);
  });

  test("a bot file that is wrong: all problems with place and fix, in one message", async () => {
    bank.files["/bot.json"] = bankBot(bank.api.origin).replace('"dialog":"menu"', '"dialog":"menus"').replace('"Goodbye"', "7");
    const tab = await bank.visit();
    await fails(tab, /The bot file http.*bot\.json is wrong:\n {2}error \w+ at \/dialogs\/.*\n {2}error \w+ at \/dialogs\//);
    assert.match(tab.errors[0], /unknownDialog at \/dialogs\/3\/elements\/3.*: There is no dialog "menus"; did you mean "menu"\?/);
  });

  for (const missing of ["engine.js", "engine.wasm"]) {
    test(`a bot file that is wrong, without ${missing}: codes and places, and what tells more`, async () => {
      bank.files["/bot.json"] = bankBot(bank.api.origin).replace('"dialog":"menu"', '"dialog":"menus"');
      bank.files[`/${missing}`] = { status: 404, body: "" };
      await fails(await bank.visit(), /is wrong:\n {2}error unknownDialog at \/dialogs\/3\/elements\/3\/dialog\n(.*\n)*.*"script\/latchkey check" tells more/);
    });
  }

  for (const [name, body] of [["empty", ""], ["a web page", "<!doctype html><title>Sign in</title>"], ["too deep", "[".repeat(100_000)]]) {
    test(`a bot file that is ${name}`, async () => {
      bank.files["/bot.json"] = body;
      await fails(await bank.visit(), /The bot file .* is wrong:\n {2}error (jsonSyntax|tooDeep) /);
    });
  }

  test("the WebAssembly: missing, not WebAssembly, or of something else", async () => {
    bank.files["/latchkey.wasm"] = { status: 404, body: "" };
    await fails(await bank.visit(), /latchkey\.wasm answered 404/);
    bank.files["/latchkey.wasm"] = "<!doctype html>";
    await fails(await bank.visit(), /latchkey\.wasm is not the file that was published/);
    bank.files["/latchkey.wasm"] = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    await fails(await bank.visit(), /latchkey\.wasm is not the file that was published/);
  });

  test("the chat's code: and the next click tries again", async () => {
    bank.files["/latchkey-chat.js"] = { status: 404, body: "" };
    const tab = await bank.visit();
    await fails(tab, /latchkey-chat\.js\?* could not be loaded/);
    bank.reset();
    await openChat(tab);
    await says(tab, "Welcome to Test Bank.");
  });

  test("WebAssembly under a policy that refuses it, and what stands in for it", async () => {
    bank.files["/latchkey-no-wasm.js"] = { status: 404, body: "" };
    bank.files["/"] = { body: page(chatTag), headers: { "content-security-policy": strictPolicy(bank.api.origin, "'self'") } };
    await fails(await bank.visit(), /lay latchkey-no-wasm\.js beside latchkey\.js, or add 'wasm-unsafe-eval' to its script-src/);
  });

  test("the bot file under a policy that refuses it", async () => {
    const policy = strictPolicy(bank.api.origin).replace("connect-src 'self'", "connect-src");
    bank.files["/"] = { body: page(chatTag), headers: { "content-security-policy": policy } };
    await fails(await bank.visit(), /could not be fetched .*connect-src/);
  });
});
