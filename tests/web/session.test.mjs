import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { say } from "./fake-engine.mjs";
import { loadSource } from "./load-source.mjs";

const { applyEffect, clip, emptyTranscript, longestMessage, rowsOf, Session } = await loadSource([
  "transcript.ts", "widget/clip.ts", "widget/rows.ts", "widget/session.ts",
]);

const spoken = ({ message, text }) => message?.text ?? text;
const echo = (text) => ({ type: "echo", text });
const ask = (sensitive) => ({ type: "ask", kind: "text", options: [], sensitive, attributeType: "text" });
const authentication = (authenticated, reason) => ({ type: "authenticationChanged", authenticated, expiresAt: null, reason });

/** A runtime that says what the test makes it say. */
class FakeConversing {
  transcript = emptyTranscript;
  sent = [];
  takes = true;
  stopped = false;
  constructor(changed) { this.changed = changed; }
  says(...effects) {
    for (const effect of effects) this.transcript = applyEffect(this.transcript, effect, 1);
    this.transcript = { ...this.transcript, typing: this.typing ?? false };
    this.changed();
  }
  start(notice) {
    this.notice = notice;
    this.says(say("Hello"), ask(false));
  }
  send(text) {
    if (this.takes) this.sent.push(text);
    return this.takes;
  }
  choose() { return true; }
  close() { this.closed = true; return true; }
  wake() {}
  stop() { this.stopped = true; }
}

function begin() {
  const log = { made: [], forgotten: 0 };
  const session = new Session({
    converse: (changed) => {
      log.made.push(new FakeConversing(changed));
      return log.made.at(-1);
    },
    forget: () => log.forgotten++,
    changed: () => {},
  });
  session.start();
  return { session, log, conversing: log.made[0] };
}

const shown = ({ outgoing }) => outgoing.map(({ text, failed }) => (failed ? `failed ${text}` : text));

describe("a message of the user", () => {
  test("is shown as being sent until its echo comes, in order", () => {
    const { session, conversing } = begin();
    session.send("one");
    session.send("two");
    assert.deepEqual(shown(session), ["one", "two"]);
    conversing.says(echo("one"));
    assert.deepEqual(shown(session), ["two"]);
    conversing.says(say("An answer"));
    assert.deepEqual(shown(session), ["two"]);
    conversing.says(echo("two"));
    assert.deepEqual(shown(session), []);
  });

  test("that is handled at once is never shown twice", () => {
    const { session, conversing } = begin();
    conversing.send = (text) => (conversing.says(echo(text)), true);
    session.send("one");
    assert.deepEqual(shown(session), []);
  });

  test("that cannot be taken is not shown as sent", () => {
    const { session, conversing } = begin();
    conversing.takes = false;
    assert.equal(session.send("one"), false);
    assert.deepEqual(shown(session), []);
  });

  test("finds its echo after everything before was wiped", () => {
    const { session, conversing } = begin();
    conversing.says(echo("a"), echo("b"));
    session.send("one");
    conversing.says({ type: "wipe" }, echo("one"));
    assert.deepEqual(shown(session), []);
  });

  test("is hidden when it may answer a sensitive question", () => {
    const { session, conversing } = begin();
    conversing.says(ask(true));
    assert.equal(session.sensitive, true);
    session.send("C-1001");
    conversing.typing = true;
    conversing.says(echo("••••1001"));
    assert.equal(session.sensitive, true, "it may correct the answer that is being checked");
    session.send("C-1002");
    assert.deepEqual(shown(session), ["••••"]);
    conversing.typing = false;
    conversing.says(echo("C-1002"), ask(false));
    assert.equal(session.sensitive, false);
  });

  test("that the end of the chat overtook can be sent again, which begins a new one; a hidden one is not kept", () => {
    const { session, conversing } = begin();
    session.send("one");
    session.send("two");
    conversing.says(ask(true));
    session.send("secret");
    conversing.says({ type: "finish", reason: "closed" });
    assert.deepEqual(session.outgoing.map(({ again }) => again), ["one", "two", null]);
    session.retry(session.outgoing[2]);
    assert.deepEqual(conversing.sent, ["one", "two", "secret"]);
    conversing.send = (text) => (conversing.says(echo(text), say("Hello again"), ask(false)), true);
    session.retry(session.outgoing[0]);
    assert.deepEqual(shown(session), ["failed two", "failed ••••"], "each for itself");
    assert.deepEqual(session.transcript.entries.map(({ notice, ...entry }) => notice ?? spoken(entry)), ["Hello", "ended", "newSession", "one", "Hello again"]);
    session.send("three");
    assert.deepEqual(shown(session), ["failed two", "failed ••••"]);
  });

  test("that cannot be sent again now stays", () => {
    const { session, conversing } = begin();
    session.send("one");
    conversing.says({ type: "finish", reason: "closed" });
    conversing.takes = false;
    session.retry(session.outgoing[0]);
    assert.deepEqual(shown(session), ["failed one"]);
  });

  test("that an engine lost which does not come back is not offered again", () => {
    const { session, conversing } = begin();
    session.send("one");
    conversing.says({ type: "finish", reason: "engineFault" });
    assert.deepEqual(session.outgoing.map(({ failed, again }) => [failed, again]), [[true, null]]);
  });

  test("that the end of the chat overtook is shown as not sent", () => {
    const { session, conversing } = begin();
    session.send("one");
    conversing.says({ type: "finish", reason: "closed" });
    assert.deepEqual(shown(session), ["failed one"]);
  });
});

describe("the end of a chat", () => {
  test("S3: by the user leaves nothing on the screen and in the storage", () => {
    const { session, log, conversing } = begin();
    session.send("one");
    session.end();
    assert.deepEqual(session.transcript.entries, []);
    assert.equal(session.transcript.finished, "closedByUser");
    assert.deepEqual(shown(session), []);
    assert.equal(log.forgotten, 1);
    assert.equal(conversing.stopped, true);
  });

  test("S3: by the bot empties the storage, and the screen when it is closed", () => {
    const { session, log, conversing } = begin();
    session.clearEnded();
    assert.equal(session.transcript.entries.length, 1, "it has not ended");
    conversing.says(say("Bye"), { type: "finish", reason: "closed" });
    assert.equal(log.forgotten, 1);
    assert.equal(session.transcript.entries.length, 3);
    session.clearEnded();
    assert.deepEqual(session.transcript.entries, []);
  });

  test("S3: by signing out leaves nothing, tells the runtime, and begins a chat that says so", () => {
    const { session, log, conversing } = begin();
    conversing.says(authentication(true, "authenticated"), say("Balance: 5"));
    session.send("one");
    session.signOut();
    assert.equal(conversing.closed, true);
    assert.equal(conversing.stopped, true);
    assert.ok(log.forgotten > 0);
    assert.equal(log.made[1].notice, "signedOut");
    assert.deepEqual(session.transcript.entries.map(spoken), ["Hello"]);
    assert.deepEqual(shown(session), []);
  });

  test("is followed by a new conversation", () => {
    const { session, log } = begin();
    session.end();
    session.restart();
    assert.equal(log.made.length, 2);
    assert.deepEqual(rowsOf(session.transcript).map(({ entries }) => entries.map(spoken)), [["Hello"]]);
  });
});

describe("what happens in another tab", () => {
  test("L7: who is signed in and signed out there is so here: nothing stays, and the end says why", () => {
    const { session, log, conversing } = begin();
    conversing.says(authentication(true, "authenticated"), say("Balance: 5"));
    session.endElsewhere();
    assert.deepEqual(session.transcript, { ...emptyTranscript, finished: "endedElsewhere" });
    assert.equal(conversing.closed, true);
    assert.equal(conversing.stopped, true);
    assert.equal(log.forgotten, 1);
    session.restart();
    assert.deepEqual(session.transcript.entries.map(spoken), ["Hello"]);
  });

  test("L7: is nothing to a chat where nobody is signed in", () => {
    const { session, log, conversing } = begin();
    session.endElsewhere();
    assert.equal(session.transcript, conversing.transcript);
    assert.equal(log.forgotten, 0);
  });

  test("L6: what is stored now takes the place of what the page knew", () => {
    const { session, log, conversing } = begin();
    session.send("one");
    session.rejoin();
    assert.equal(conversing.stopped, true);
    assert.equal(log.made.length, 2);
    assert.equal(log.forgotten, 0, "it is what the new runtime goes on with");
    assert.deepEqual(shown(session), []);
    assert.equal(session.transcript, log.made[1].transcript);
  });
});

describe("the rows of the message list", () => {
  const rows = (...turns) =>
    rowsOf(turns.flatMap((effects, at) => effects.map((effect) => [effect, at])).reduce((transcript, [effect, at]) => applyEffect(transcript, effect, at), emptyTranscript));
  const brief = (list) => list.map((row) => (row.row === "notice" ? `(${row.notice})` : `${row.from}: ${row.entries.map(spoken).join(" | ")}`));
  const inside = (effect) => ({ ...effect, secured: true });
  const secured = [
    [say("Who?")],
    [echo("••••"), authentication(true, "authenticated"), inside(say("Balance: 5"))],
    [inside(echo("more")), inside(say("Balance: 6"))],
  ];

  test("group what one side says", () => {
    assert.deepEqual(brief(rows([say("a"), say("b"), echo("c"), say("d")])), ["bot: a | b", "user: c", "bot: d"]);
  });

  test("show what was said while signed in, while signed in", () => {
    assert.deepEqual(brief(rows(...secured)), ["bot: Who?", "user: ••••", "(signedIn)", "bot: Balance: 5", "user: more", "bot: Balance: 6"]);
  });

  test("conceal it afterwards, in one place", () => {
    assert.deepEqual(brief(rows(...secured, [authentication(false, "timeout")])), ["bot: Who?", "user: ••••", "(signedIn)", "(concealed)", "(expired)"]);
  });

  test("conceal media and cards like words", () => {
    const pictures = [{ kind: "image", url: "/a.png", alt: "A" }, { kind: "cards", cards: [{ title: "B" }] }].map((message) => inside({ type: "say", message }));
    assert.deepEqual(rows([authentication(true, "authenticated"), ...pictures], [authentication(false, "timeout")]).map(({ row, notice }) => notice ?? row), ["signedIn", "concealed", "expired"]);
  });

  test("stay the same ones when others are concealed and come back", () => {
    const transcript = [...secured[0], ...secured[1], say("What next?"), echo("a"), say("b")].reduce((before, effect) => applyEffect(before, effect, 1), emptyTranscript);
    const later = applyEffect(transcript, authentication(false, "timeout"), 2);
    const again = applyEffect(later, authentication(true, "authenticated"), 3);
    const keys = (one) => rowsOf(one).map(({ key }) => key);
    assert.equal(new Set(keys(later)).size, keys(later).length);
    assert.deepEqual(brief(rowsOf(later)).slice(3, 6), ["(concealed)", "bot: What next?", "user: a"]);
    assert.deepEqual(keys(later).slice(0, -1), keys(transcript));
    assert.deepEqual(keys(again).slice(0, keys(transcript).length), keys(transcript));
  });

  test("keep what the last turn said, which nobody could have read", () => {
    const end = [inside(echo("bye")), inside(say("Goodbye")), authentication(false, "sessionEnded"), { type: "finish", reason: "closed" }];
    assert.deepEqual(brief(rows(...secured, end)), ["bot: Who?", "user: ••••", "(signedIn)", "user: bye", "bot: Goodbye", "(ended)"]);
  });

  test("show nothing of it in the next session, whoever signs in", () => {
    const end = [inside(say("Goodbye")), authentication(false, "sessionEnded"), { type: "finish", reason: "closed" }];
    const next = [echo("hello"), say("Who?"), authentication(true, "authenticated")];
    assert.ok(!brief(rows(...secured, end, next)).join().match(/Balance|Goodbye/));
  });

  test("show it again to who signs in again", () => {
    const list = rows(...secured, [authentication(false, "timeout")], [authentication(true, "authenticated"), say("Welcome back")]);
    assert.ok(brief(list).includes("bot: Balance: 6") || brief(list).join().includes("Balance: 6"));
    assert.ok(!brief(list).includes("(concealed)"));
  });
});

describe("a long message", () => {
  test("O5: is cut between characters as a reader sees them", () => {
    assert.equal(clip("a".repeat(longestMessage)).length, longestMessage);
    assert.equal(clip("a".repeat(longestMessage + 1)).length, longestMessage);
    const family = "👨‍👩‍👧‍👦";
    const cut = clip("a".repeat(longestMessage - 3) + family);
    assert.equal(cut, "a".repeat(longestMessage - 3));
    assert.ok(clip(family.repeat(1000)).length % family.length === 0);
  });

  test("of a single endless character is cut all the same", () => {
    assert.equal(clip(`a${"\u0301".repeat(10_000)}`).length, longestMessage);
  });
});
