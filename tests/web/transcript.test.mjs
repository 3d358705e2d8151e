import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { say } from "./fake-engine.mjs";
import { loadSource } from "./load-source.mjs";

const { applyEffect, cardsOnOffer, emptyTranscript, readableText, spokenLines } = await loadSource(["transcript.ts"]);

const ask = { type: "ask", kind: "choice", options: [{ label: "Yes", value: true }], sensitive: false, attributeType: "text" };
const signedIn = { type: "authenticationChanged", authenticated: true, expiresAt: "2026-01-05T09:30:00.000Z", reason: "authenticated" };
const signedOut = { type: "authenticationChanged", authenticated: false, expiresAt: null, reason: "timeout" };

const after = (...effects) => effects.reduce((transcript, effect, at) => applyEffect(transcript, effect, at), emptyTranscript);
const notices = (transcript) => transcript.entries.filter(({ from }) => from === "notice").map(({ notice }) => notice);

describe("the transcript", () => {
  test("keeps who said what, in order", () => {
    const transcript = after(say("Hello"), { type: "echo", text: "Hi" }, say("Good day"));
    assert.deepEqual(spokenLines(transcript), [
      { from: "bot", text: "Hello" }, { from: "user", text: "Hi" }, { from: "bot", text: "Good day" },
    ]);
    assert.deepEqual(transcript.entries.map(({ at }) => at), [0, 1, 2]);
  });

  test("has a question open until it is answered", () => {
    const { type: _, ...question } = ask;
    assert.deepEqual(after(ask).ask, question);
    assert.equal(after(ask, { type: "echo", text: "Yes" }).ask, null);
    assert.equal(after(ask, { type: "finish", reason: "closed" }).ask, null);
  });

  test("tells about a sign-in and its end, once each", () => {
    const transcript = after(signedIn, signedIn, signedOut);
    assert.deepEqual(notices(transcript), ["signedIn", "expired"]);
    assert.deepEqual(notices(after(signedIn, { ...signedOut, reason: "signOut" })), ["signedIn", "signedOut"]);
    assert.equal(after(signedIn).authenticationExpiresAt, signedIn.expiresAt);
    assert.equal(transcript.authenticated, false);
  });

  test("says that the chat ended, not that the sign-in did with it", () => {
    const transcript = after(signedIn, { ...signedOut, reason: "sessionEnded" }, { type: "finish", reason: "closed" });
    assert.deepEqual(notices(transcript), ["signedIn", "ended"]);
    assert.equal(transcript.finished, "closed");
  });

  test("marks the new session that a message after the end begins", () => {
    const transcript = after(say("Bye"), { type: "finish", reason: "closed" }, { type: "echo", text: "Hello again" });
    assert.deepEqual(notices(transcript), ["ended", "newSession"]);
    assert.equal(transcript.finished, null);
  });

  test("loses everything that was visible when it is wiped, but not who is signed in", () => {
    const transcript = after(say("Balance: 5"), signedIn, { type: "wipe" });
    assert.deepEqual(transcript.entries, []);
    assert.equal(transcript.authenticated, true);
  });

  test("is not changed by what a reader does not see, and never in place", () => {
    const transcript = after(say("Hello"));
    Object.freeze(transcript.entries);
    for (const type of ["call", "startTimer", "cancelTimer", "emit", "report"]) assert.equal(applyEffect(transcript, { type }, 9), transcript);
    assert.notEqual(applyEffect(transcript, say("More"), 9), transcript);
  });
});

describe("the cards on offer", () => {
  const cards = (title) => ({ type: "say", message: { kind: "cards", cards: [{ title, buttons: [{ label: "Take", value: title }] }] } });
  const offered = (transcript) => cardsOnOffer(transcript).map(({ message }) => message.cards[0].title);

  test("are those that came after the user's last message", () => {
    const before = after(cards("a"), say("or"), cards("b"));
    assert.deepEqual(offered(before), ["a", "b"]);
    const answered = applyEffect(before, { type: "echo", text: "Take" }, 5);
    assert.deepEqual(offered(answered), []);
    assert.deepEqual(offered(applyEffect(answered, cards("c"), 6)), ["c"]);
    assert.deepEqual(offered(applyEffect(before, ask, 5)), ["a", "b"], "a question keeps them");
    assert.deepEqual(offered(applyEffect(before, signedIn, 5)), ["a", "b"], "a notice keeps them");
  });

  test("are none while the bot is busy, nor after the end", () => {
    const transcript = after(cards("a"));
    assert.deepEqual(offered({ ...transcript, typing: true }), []);
    assert.deepEqual(offered(applyEffect(transcript, { type: "finish", reason: "closed" }, 5)), []);
  });
});

describe("a message in words", () => {
  const words = {
    "of a text is what it says, without its markup": [{ kind: "text", text: "Hello *you*", markdown: "Hello *you*" }, "Hello *you*"],
    "of an image is what it shows, and its address": [{ kind: "image", url: "https://a.example/b.png", alt: "A map", caption: "Branches" }, "A map (https://a.example/b.png)"],
    "of a video without an alt is its caption": [{ kind: "video", url: "/b.mp4", caption: "How to pay" }, "How to pay (/b.mp4)"],
    "of a document is its name": [{ kind: "document", url: "/b.pdf", name: "Terms.pdf" }, "Terms.pdf (/b.pdf)"],
    "of a sound without words is its address": [{ kind: "audio", url: "/b.mp3" }, "/b.mp3"],
    "of cards is a line for each": [{ kind: "cards", cards: [{ title: "Loan", text: "From 4.9 %" }, { title: "Card" }] }, "Loan: From 4.9 %\nCard"],
  };
  for (const [name, [message, expected]] of Object.entries(words)) {
    test(name, () => {
      assert.equal(readableText(message), expected);
      assert.deepEqual(spokenLines(after({ type: "say", message })), [{ from: "bot", text: expected }]);
    });
  }

  test("of a secured card is handed over only while the user is signed in", () => {
    const secured = { type: "say", message: { kind: "cards", cards: [{ title: "Balance", text: "5" }] }, secured: true };
    assert.deepEqual(spokenLines(after(signedIn, secured)), [{ from: "bot", text: "Balance: 5" }]);
    assert.deepEqual(spokenLines(after(signedIn, secured, signedOut)), []);
  });
});
