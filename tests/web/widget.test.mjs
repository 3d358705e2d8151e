import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { focused, isAccessible } from "./assistive.mjs";
import { bankBot } from "./bank-bot.mjs";
import { askToEnd, field, launcher, log, openChat, panel, patient, says, signIn, stored, useBank, usualAnswers, write } from "./visit.mjs";

const bank = useBank();

describe("the chat on a page", () => {
  test("opens, and takes the tutorial's way to the account", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "You are verified, ••••1001.");
    await says(tab, "Your balance is EUR 2,418.32.");
    await panel(tab).getByText(/^Signed in as .••••1001. until .*\d/).waitFor();
    assert.equal(await log(tab).getByText("C-1001").count(), 0, "the ID is masked in the user's own bubble too");
    await tab.getByRole("button", { name: "Leave a note" }).click();
    await says(tab, "What shall I note?");
    await write(tab, "Call me <b>back</b>");
    await says(tab, "Noted: Call me <b>back</b>");
    assert.deepEqual(tab.errors, []);
  });

  test("is looked at and left while it is being made ready: nothing goes wrong", async () => {
    const tab = await bank.visit({}, (other) => other.addInitScript(() => {
      const { define } = CustomElementRegistry.prototype;
      CustomElementRegistry.prototype.define = function (name, element) {
        for (const type of ["focus", "pagehide", "pageshow", "resize"]) dispatchEvent(new Event(type));
        document.dispatchEvent(new Event("visibilitychange"));
        define.call(this, name, element);
      };
    }));
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    assert.deepEqual(tab.errors, []);
  });

  test("S4: masks a sensitive answer while it is typed, and shows it when asked to", async () => {
    const tab = await bank.visit();
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    await field(tab).fill("C-10");
    assert.equal(await field(tab).getAttribute("type"), "password");
    assert.equal(await field(tab).getAttribute("autocomplete"), "off");
    await tab.getByRole("button", { name: "Show what I type" }).click();
    assert.equal(await field(tab).getAttribute("type"), "text");
    assert.equal(await field(tab).inputValue(), "C-10");
    assert.equal(await field(tab).evaluate((node) => node.matches(":focus")), true);
  });

  test("offers what the bot offers when the ID is wrong, and hands over", async () => {
    const tab = await bank.visit();
    await signIn(tab, "C-9999");
    await says(tab, "That ID was not recognised.");
    await tab.getByRole("button", { name: "Try again" }).click();
    await says(tab, "What is your customer ID?");
    await write(tab, "C-9998");
    await tab.evaluate(() => addEventListener("latchkey-hand-over", (event) => {
      event.preventDefault();
      globalThis.handedOver = event.detail;
    }));
    await tab.getByRole("button", { name: "Speak to an agent" }).click();
    await says(tab, "I am handing you over.");
    await panel(tab).getByText("The assistant has handed you over. A person will take it from here.").waitFor();
    const { transcript } = await tab.evaluate(() => globalThis.handedOver);
    assert.ok(transcript.some(({ text }) => text === "••••9998"));
    assert.ok(!JSON.stringify(transcript).includes("C-999"));
    assert.deepEqual(tab.errors, []);
  });

  test("keeps what was said after a hand-over, and says when nobody took it", async () => {
    const tab = await bank.visit();
    await signIn(tab, "C-9999");
    await tab.getByRole("button", { name: "Speak to an agent" }).click();
    await panel(tab).getByText(/^The chat was passed on\. If nobody answers here/).waitFor();
    assert.equal(tab.errors.length, 1);
    assert.match(tab.errors[0], /nobody took the hand-over: call preventDefault\(\) on latchkey-hand-over/);
    await tab.keyboard.press("Escape");
    await openChat(tab);
    await says(tab, "I am handing you over.");
    await tab.getByRole("button", { name: "Start again" }).click();
    await says(tab, "What is your customer ID?");
    assert.equal(await log(tab).getByText("I am handing you over.").count(), 0);
  });

  test("stays in its place after many messages, and shows a long answer from its beginning", async () => {
    bank.answer = (request) => (request.url.startsWith("/account") ? { body: { balance: "long ".repeat(600) } } : usualAnswers(request));
    const tab = await bank.visit();
    await signIn(tab);
    for (let turn = 2; turn <= 6; turn++) {
      await tab.getByRole("button", { name: "Balance" }).click();
      await log(tab).getByText("What can I do for you?").nth(turn - 1).waitFor();
    }
    const { top, bottom } = await log(tab).getByText(/^You are verified/).last().evaluate((node) => {
      const { top, bottom } = node.closest(".log").getBoundingClientRect();
      return { top: node.getBoundingClientRect().top - top, bottom: bottom - node.getBoundingClientRect().bottom };
    });
    assert.ok(top >= 0 && bottom >= 0, `${top} ${bottom}`);
    assert.deepEqual(await panel(tab).evaluate((node) => node.scrollHeight - node.clientHeight), 0);
  });

  test("shows what is sent while the bot is busy, hidden where it may be a secret, until it is handled", async () => {
    let answer;
    const held = new Promise((resolve) => (answer = resolve));
    bank.answer = (request) => ({ ...usualAnswers(request), after: held });
    const tab = await bank.visit();
    await signIn(tab);
    await tab.getByRole("img", { name: "The assistant is typing" }).waitFor();
    await write(tab, "Goodbye");
    await log(tab).getByText("Sending").waitFor();
    assert.equal(await log(tab).getByText("Goodbye").count(), 0);
    answer();
    await says(tab, "Thank you. Goodbye!");
    assert.equal(await log(tab).getByText("Sending").count(), 0);
    assert.equal(await log(tab).getByText("Goodbye", { exact: true }).count(), 1);
    assert.equal(await tab.getByRole("img", { name: "The assistant is typing" }).count(), 0);
  });

  test("keeps a text that cannot be taken, and says so", async () => {
    let answer;
    const held = new Promise((resolve) => (answer = resolve));
    bank.answer = (request) => ({ ...usualAnswers(request), after: held });
    bank.files["/bot.json"] = patient(bank.files["/bot.json"]);
    const tab = await bank.visit();
    await signIn(tab);
    for (let number = 1; number <= 17; number++) await write(tab, `message ${number}`);
    await panel(tab).getByText(/was not sent yet/).waitFor();
    assert.equal(await field(tab).inputValue(), "message 17");
    assert.equal(await log(tab).getByText("Sending").count(), 16);
    await panel(tab).getByText("The assistant is still working").waitFor({ state: "attached" });
    answer();
    await panel(tab).getByText(/was not sent yet/).waitFor({ state: "detached" });
    assert.equal(await panel(tab).getByText("The assistant is still working").count(), 0);
  });

  test("O5: cuts what is too long, with a notice", async () => {
    const tab = await bank.visit();
    await openChat(tab);
    await field(tab).fill("x".repeat(5000));
    await panel(tab).getByText("A message holds 4,096 characters. The rest was left out.").waitFor();
    assert.equal((await field(tab).inputValue()).length, 4096);
  });

  test("R6: takes a double click once", async () => {
    const tab = await bank.visit();
    await signIn(tab, "C-9999");
    await tab.getByRole("button", { name: "Try again" }).dblclick();
    await says(tab, "What is your customer ID?");
    assert.equal(await log(tab).getByText("Try again", { exact: true }).count(), 1);
  });
});

test("R4: a request tells the customer API nothing of the page", async () => {
  const tab = await bank.visit();
  await signIn(tab);
  await says(tab, "Your balance is EUR 2,418.32.");
  for (const { headers } of bank.api.calls) assert.deepEqual([headers.referer, headers.cookie], [undefined, undefined]);
  assert.equal(bank.api.calls.length, 2);
});

describe("offline", () => {
  const notice = "You are offline. Nothing has been sent yet.";
  async function offline() {
    const tab = await bank.visit();
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    await tab.context().setOffline(true);
    bank.api.calls.length = 0;
    await write(tab, "C-1001");
    await log(tab).getByText(notice).waitFor();
    return tab;
  }

  test("a request waits for the visitor, who sends it again: nothing is sent by itself, nothing twice", async () => {
    const tab = await offline();
    await isAccessible(tab, "offline");
    await tab.context().setOffline(false);
    await log(tab).getByText("You are online again. Nothing has been sent yet.").waitFor();
    await isAccessible(tab, "online again");
    await tab.waitForTimeout(500);
    assert.deepEqual(bank.api.calls, []);
    const again = log(tab).getByRole("button", { name: "Send again" });
    await again.focus();
    await again.press("Enter");
    await says(tab, "Your balance is EUR 2,418.32.");
    assert.equal(await log(tab).getByText(notice).count(), 0);
    assert.equal(bank.api.calls.length, 2, "verified, and the account");
    assert.ok(await panel(tab).evaluate((dialog) => dialog.getRootNode().activeElement), "the focus is in the chat");
  });

  test("who tries while still offline is told what the bot says then", async () => {
    const tab = await offline();
    await log(tab).getByRole("button", { name: "Send again" }).click();
    await log(tab).getByText(notice).waitFor({ state: "detached" });
    await log(tab).getByRole("button").or(panel(tab).getByRole("group").getByRole("button")).first().waitFor();
    assert.deepEqual(bank.api.calls, []);
  });

  test("the chat can be ended meanwhile", async () => {
    const tab = await offline();
    await askToEnd(tab);
    await panel(tab).getByRole("button", { name: "End chat" }).last().click();
    assert.equal(await log(tab).getByText(notice).count(), 0);
    await tab.context().setOffline(false);
    await tab.waitForTimeout(300);
    assert.deepEqual(bank.api.calls, []);
  });
});

describe("a reload", () => {
  test("goes on exactly where the chat was, open as it was", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "What can I do for you?");
    await tab.reload();
    await says(tab, "What can I do for you?");
    await panel(tab).getByText(/^Signed in (as .* )?until/).waitFor();
    assert.equal(await tab.evaluate(() => document.activeElement === document.body), true, "nobody asked for the focus");
    await tab.getByRole("button", { name: "Balance" }).click();
    await tab.getByText("Your balance is EUR 2,418.32.").nth(1).waitFor();
    assert.equal(bank.api.calls.at(-1).path, "/account");
  });

  test("leaves a closed chat closed", async () => {
    const tab = await bank.visit();
    await signIn(tab, "C-9999");
    await says(tab, "That ID was not recognised.");
    await launcher(tab).click();
    await panel(tab).waitFor({ state: "hidden" });
    const asked = [];
    tab.on("request", (request) => asked.push(request.url()));
    await tab.reload();
    await launcher(tab).waitFor();
    assert.ok(!asked.some((url) => url.endsWith("/bot.json")), "nothing is loaded for it");
    await openChat(tab);
    await says(tab, "That ID was not recognised.");
    assert.equal(await log(tab).getByText("Welcome to Test Bank.").count(), 1, "and it goes on when it is opened");
  });

  test("with damaged storage begins a new chat, and says so", async () => {
    const tab = await bank.visit();
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    await tab.evaluate(() => sessionStorage.setItem("latchkey:test-bank", '{"latchkey":1,"snapshot":"x","transcript":{"entries":[]}}'));
    await tab.reload();
    await says(tab, "The earlier chat could not be continued, so a new one begins");
    await says(tab, "What is your customer ID?");
  });
});

describe("the end of the chat", () => {
  test("by the bot shows the last words, and leaves nothing in the storage", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await tab.getByRole("button", { name: "Goodbye" }).click();
    await says(tab, "Thank you. Goodbye!");
    await panel(tab).getByText("This chat has ended.").waitFor();
    assert.equal(await log(tab).getByText(/2,418/).count(), 0, "what was secured is concealed");
    assert.equal(await stored(tab), null);
    await tab.getByRole("button", { name: "Start again" }).click();
    await says(tab, "Welcome to Test Bank.");
    assert.equal(await log(tab).getByText("Thank you. Goodbye!").count(), 0);
    assert.equal(await panel(tab).getByText(/^Signed in/).count(), 0);
  });

  test("S3: by the user asks first, then leaves nothing anywhere", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "What can I do for you?");
    await askToEnd(tab);
    await tab.getByRole("button", { name: "Keep chatting" }).click();
    await says(tab, "What can I do for you?");
    await askToEnd(tab);
    await tab.getByRole("group", { name: "End this chat?" }).getByRole("button", { name: "End chat" }).click();
    await panel(tab).getByText(/^You ended this chat/).waitFor();
    assert.equal((await log(tab).textContent()).trim(), "");
    assert.equal(await stored(tab), null);
    await launcher(tab).click();
    await openChat(tab);
    await says(tab, "Welcome to Test Bank.");
  });

  test("L4: hides the buttons of a secured question with it, and shows them to who signs in again", async () => {
    const bot = JSON.parse(bankBot(bank.api.origin, { timeoutMinutes: 0.1 }));
    bot.settings.authenticationCheck = "everyTurn";
    const vault = bot.dialogs.find(({ secured }) => secured);
    vault.elements = [{ type: "userInput", text: "Which account?", branches: [{ label: "Savings, EUR 5,000", elements: [{ type: "text", text: "Good choice." }] }] }];
    bank.files["/bot.json"] = JSON.stringify(bot);
    const tab = await bank.visit();
    await signIn(tab);
    const secret = tab.getByRole("button", { name: "Savings, EUR 5,000" });
    await secret.focus();
    await says(tab, "What was said while signed in is hidden");
    assert.equal(await secret.count(), 0);
    assert.equal(await focused(tab), "Your message");
    await tab.reload();
    await says(tab, "What was said while signed in is hidden");
    assert.equal(await secret.count(), 0);
    await write(tab, "savings, EUR 5,000");
    await says(tab, "Good choice.");
  });

  test("L4: conceals what was said while signed in as soon as the sign-in is over, and shows it to who signs in again", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "Your balance is EUR 2,418.32.");
    await log(tab).getByRole("button", { name: "Sign out" }).click();
    await says(tab, "You are signed out");
    await says(tab, "What was said while signed in is hidden");
    assert.equal(await log(tab).getByText(/2,418/).count(), 0);
    await write(tab, "C-1001");
    await tab.getByText("Your balance is EUR 2,418.32.").nth(1).waitFor();
  });
});
