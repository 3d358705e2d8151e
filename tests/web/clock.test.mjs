/** What depends on the clock, as pure functions: times, days, the warning, and the file that a visitor takes along. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { say } from "./fake-engine.mjs";
import { loadSource } from "./load-source.mjs";

process.env.TZ = "Europe/Berlin";
const { applyEffect, dayName, dayOf, emptyTranscript, isSame, momentOf, rowsOf, timeOf, transcriptFile, warningAt } = await loadSource([
  "transcript.ts", "widget/clock.ts", "widget/rows.ts", "widget/sign-in.ts", "widget/more/transcript-file.ts",
]);

const minute = 60_000;
const at = (text) => Date.parse(text);
const plain = (text) => text.replace(/\s/g, " ");
const talk = (...said) => said.reduce((transcript, [when, effect]) => applyEffect(transcript, effect, at(when)), emptyTranscript);

describe("a day", () => {
  test("has its name: today, yesterday, or the date", () => {
    const today = dayOf(at("2026-03-30T12:00"));
    const named = (when, locale = "en-US") => dayName(at(when), today, locale);
    assert.equal(named("2026-03-30T00:00"), "Today");
    assert.equal(named("2026-03-29T00:00"), "Yesterday", "though it had 23 hours");
    assert.equal(named("2026-03-29T23:59:59"), "Yesterday");
    assert.equal(named("2026-03-28T23:59"), "Saturday, March 28, 2026");
    assert.equal(named("2026-03-31T10:00"), "Tuesday, March 31, 2026", "the clock was put back");
    assert.deepEqual(["de", "hr", "ja", "ar"].map((locale) => named("2026-03-30T01:00", locale)), ["Heute", "Danas", "今日", "اليوم"]);
  });

  test("begins when the user's clock says so", () => {
    for (const when of ["2026-03-29T00:00", "2026-03-29T12:00", "2026-03-29T23:59:59.999"]) assert.equal(dayOf(at(when)), at("2026-03-29T00:00"));
    assert.equal(dayOf(at("2026-10-25T23:59")), at("2026-10-25T00:00"), "25 hours");
  });
});

test("an instant is written as the region does, with the day when it is another", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: at("2026-03-30T12:00") });
  const now = Date.now();
  assert.equal(plain(timeOf(at("2026-03-30T14:05"), "en-US")), "2:05 PM");
  assert.equal(timeOf(at("2026-03-30T14:05"), "de"), "14:05");
  assert.equal(momentOf(now, "de"), timeOf(now, "de"));
  assert.match(momentOf(now + 48 * 60 * minute, "de"), /\d\.\d\.|\d{4}/);
  context.mock.timers.setTime(at("2026-03-30T23:50"));
  assert.equal(momentOf(at("2026-03-31T00:20"), "de"), "00:20", "soon, though the day is another");
  assert.match(momentOf(at("2026-03-31T11:51"), "de"), /2026/);
});

describe("the times of messages", () => {
  const brief = (transcript) => rowsOf(transcript, dayOf).map((row) => [
    ...(row.day !== undefined ? [`day ${dayName(row.day, dayOf(at("2026-01-06T12:00")), "en-US")}`] : []),
    row.row === "notice" ? `(${row.notice})` : row.entries.map(({ message, text }) => message?.text ?? text).join(" | "),
    ...(row.time !== undefined ? [timeOf(row.time, "de")] : []),
  ].join(", "));

  test("stand below the last one, and where a pause follows", () => {
    const transcript = talk(["2026-01-06T09:00", say("a")], ["2026-01-06T09:01", { type: "echo", text: "b" }], ["2026-01-06T09:02", say("c")], ["2026-01-06T09:07", say("d")]);
    assert.deepEqual(brief(transcript), ["day Today, a", "b", "c, 09:02", "d, 09:07"]);
  });

  test("wait until the bot has answered", () => {
    const transcript = talk(["2026-01-06T09:00", say("a")], ["2026-01-06T09:01", { type: "echo", text: "b" }]);
    assert.deepEqual(brief({ ...transcript, typing: true }), ["day Today, a", "b"]);
  });

  test("come below a line for each day, in which a group of messages does not go on", () => {
    const transcript = talk(["2026-01-04T23:00", say("a")], ["2026-01-05T23:59", say("b")], ["2026-01-06T00:01", say("c")]);
    assert.deepEqual(brief(transcript), ["day Sunday, January 4, 2026, a, 23:00", "day Yesterday, b", "day Today, c, 00:01"]);
  });

  test("make another row of one only when it shows something else", () => {
    const one = talk(["2026-01-06T09:00", say("a")]);
    const [row] = rowsOf(one, dayOf);
    assert.equal(isSame(row, rowsOf(one, dayOf)[0]), true);
    for (const other of [{ ...row, day: undefined }, { ...row, time: 1 }, { ...row, entries: [...row.entries, ...row.entries] }, { row: "notice", key: row.key, notice: "ended", day: row.day }]) {
      assert.equal(isSame(row, other), false);
      assert.equal(isSame(other, row), false);
    }
  });
});

test("the end of a sign-in is told two minutes before, or in the last quarter of a short one", () => {
  assert.equal(warningAt(0, 30 * minute), 28 * minute);
  assert.equal(warningAt(0, 8 * minute), 6 * minute);
  assert.equal(warningAt(0, 4 * minute), 3 * minute);
  assert.equal(warningAt(NaN, 30 * minute), 28 * minute);
});

describe("the file with what was said", () => {
  const options = { botName: "Bank: 24/7 <assistant>", you: "You", locale: "de", now: at("2026-01-06T10:00") };
  const inside = (effect) => ({ ...effect, secured: true });
  const signedIn = (authenticated) => ({ type: "authenticationChanged", authenticated, expiresAt: null, reason: authenticated ? "authenticated" : "timeout" });

  test("says who said what, and when", () => {
    const { name, text } = transcriptFile(talk(["2026-01-05T23:58", say("Hello")], ["2026-01-06T09:01", { type: "echo", text: "Two\nlines" }]), options);
    assert.equal(name, "Bank 24 7 assistant 2026-01-06.txt");
    assert.equal(text, [
      "Bank: 24/7 <assistant>", "", "Montag, 5. Januar 2026", "", "Bank: 24/7 <assistant>, 23:58", "Hello",
      "", "Dienstag, 6. Januar 2026", "", "You, 09:01", "Two\nlines", "",
    ].join("\n"));
  });

  test("holds what was said while signed in only while somebody is", () => {
    const secured = [["2026-01-06T09:00", signedIn(true)], ["2026-01-06T09:01", inside(say("Balance: 5"))]];
    assert.match(transcriptFile(talk(...secured), options).text, /Balance: 5/);
    assert.doesNotMatch(transcriptFile(talk(...secured, ["2026-01-06T09:02", signedIn(false)]), options).text, /Balance/);
  });

  test("has a name whatever the bot is called", () => {
    assert.equal(transcriptFile(emptyTranscript, { ...options, botName: "../" }).name, "chat 2026-01-06.txt");
    assert.equal(transcriptFile(emptyTranscript, { ...options, botName: "مساعد" }).name, "مساعد 2026-01-06.txt");
  });
});
