/**
 * Filters give what Liquid gives: thousands of expressions go through the engine and through liquidjs, which must print the
 * same and come to the same value. Where the two differ on purpose stands in `differences`, with the reason.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Drop, Liquid } from "../../web/node_modules/liquidjs/dist/liquid.node.mjs";
import { loadBot, startConversation } from "../../web/dist/engine.js";

const now = Date.parse("2026-01-05T09:07:03.045Z");

const values = {
  nothing: null, yes: true, no: false,
  zero: 0, one: 1, minusOne: -1, half: 2.5, minusHalf: -2.5, tenth: 0.1, thousandth: 1.005, minusThousandth: -1.005, seven: -7, big: 1e21,
  small: 1e-7, safe: 9007199254740991, unsafe: 12345678901234567890, huge: 1e300, seconds: 1767603600, past: -86400.5, third: 0.3333333333333333,
  empty: "", blank: " ", word: "abc", title: "hELLO wORLD", padded: " \t\n padded \r\n", wide: "\u00a0\u1680wide\u2003\ufeff",
  digits: "12", decimals: " 12.50 ", minusText: "-3", exponent: "1e3", hexadecimal: "0x1F", point: ".5", trailing: "5.", plus: "+7",
  infinity: "Infinity", notANumber: "NaN", comma: "1,000", truth: "true", binary: "0b101", octal: "0o17", spaces: "1 2", zeros: "000",
  german: "straße Über", greek: "ΟΔΥΣΣΕΥΣ ΑΣ", turkish: "İIıi", ligature: "ﬃ ŉ ǆ", accents: "e\u0301É ñ", chinese: "你好，世界",
  emoji: "👍🏽x👩‍👩‍👧", deseret: "𐐨𐐀", list: "a,b,,c,,", commas: ",,", markup: "<b class=\"x\">&amp; 'q'</b>", address: "a b+c/d?é=%&~*'()!",
  braces: "{{ x }} | }}", quotes: "it's \"so\"", long: "The quick brown fox jumps over the lazy dog, and again over it.", tabs: "a\tb\nc",
  day: "2026-01-05", leapDay: "2024-02-29", instant: "2026-01-05T09:07:03Z", precise: "1999-12-31T23:59:59.999Z", finer: "2026-07-14T00:00:00.123456Z",
  offset: "2026-03-01T01:30:00+02:00", behind: "2026-12-31T22:15:00-05:30", count: "1767603600", zoneless: "2026-01-05T10:20:30", ofSql: "2026-01-05 10:20:30", ofPython: "2026-01-05 10:20:30.250000+02:00", noSeconds: "2026-01-05T10:20Z", noDate: "2026-01-05x10:20:30", nowText: "now", todayText: "today", noDay: "soon",
  none: [], single: ["a"], letters: ["a", "b", "c"], numbers: [1, 2, 3], five: [5], textNumber: ["7"], holes: [null, "x", null], nested: [[1, 2], [3, [4, "é"]]],
  truths: [true, false], blanks: ["", ""], objects: [{ a: 1 }, "z"], object: { a: 1, b: "x" }, bare: {},
};
const inputs = [...Object.keys(values).map((name) => `v.${name}`), "v.nowhere"];

const texts = ["''", "'a'", "'b'", "', '", "' '", "'é'", '"l"', "'\\''", "5", "-1.5", "true", "nil", "v.word", "v.seven", "v.nothing", "v.letters", "v.emoji", "v.object"];
const numbers = ["0", "1", "2", "-2", "3.5", "0.1", "100", "'4'", "' 1e2 '", "'x'", "''", "true", "false", "nil", "v.half", "v.seven", "v.nothing", "v.five", "v.letters", "v.huge"];
const counts = ["0", "1", "2", "3", "-1", "-3", "1.5", "-1.5", "50", "'2'", "'x'", "true", "nil", "v.nothing", "v.textNumber", "v.seven", "v.nowhere"];
const formats = ["'%Y-%m-%d'", "'%a %A %b %B %h %d %e %j %m %y %Y %C'", "'%H:%M:%S.%L %I %k %l %p %P %N %3N %12N %s'", "'%u %w %U %W %q %z %Z %:z'",
  "'%-d.%-m.%-y %_d %_m %05d %^a %^B %#p %#A %10Y %-10Y %010e %_5H %+ %-%'", "'%c | %x | %X | %^c'", "'%n%t%%|%5%|%5n'", "'%Q %E %EY %Od %'", "'100 %'", "'%\\n'", "''", "'é %Y ü'",
  "nil", "5", "v.word", "v.nothing"];
const pairs = (first, second) => first.flatMap((one) => second.map((other) => `${one}, ${other}`));

/** The arguments that each filter is tried with; "" is none. */
const filters = {
  abs: [""], ceil: [""], floor: [""], capitalize: [""], downcase: [""], upcase: [""], strip: [""], escape: [""], url_encode: [""], first: [""], last: [""], size: [""],
  append: texts, prepend: texts, remove: texts, split: texts, join: ["", ...texts],
  replace: [...texts, ...pairs(texts.slice(0, 9), ["''", "'--'", "'$&$1'", "v.nothing", "v.emoji"])],
  plus: numbers, minus: numbers, times: numbers, divided_by: [...numbers, ...pairs(numbers.slice(0, 8), ["true", "false", "0", "nil"])],
  round: ["", ...numbers, "5", "-1", "20", "309"], slice: [...counts, ...pairs(counts, counts)],
  truncate: ["", ...counts, ...pairs(counts, ["''", "'…'", "' and more'", "5", "nil", "v.emoji", "v.nowhere"])],
  date: ["", ...formats],
  default: ["", ...texts, "false", "0", "v.nowhere", "'x', allow_false: true", "'x', allow_false: false", "'x', allow_false: v.yes", "'x', allow_false: v.zero", "'x', allow_false: v.empty", "v.none, allow_false: v.none"],
};

const write = (input, ...calls) => [input, ...calls.map(([name, given]) => (given ? `${name}: ${given}` : name))].join(" | ");

function* oneFilter() {
  for (const [name, all] of Object.entries(filters))
    for (const given of all) for (const input of inputs) yield write(input, [name, given]);
}

/** A linear congruential generator (Numerical Recipes): the same chains each time. */
function* chains(count) {
  let state = 20260105;
  const pick = (all) => all[(state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % all.length];
  const names = Object.keys(filters);
  for (let i = 0; i < count; ++i) {
    const calls = Array.from({ length: pick([2, 2, 3, 4, 6, 16]) }, () => pick(names)).map((name) => [name, pick(filters[name])]);
    yield write(pick(inputs), ...calls);
  }
}

/** What every filter of liquidjs got and gave, in order. */
let steps = [];
const liquid = new Liquid({ timezoneOffset: 0, locale: "en-US", strictFilters: true });
for (const name of Object.keys(filters)) {
  const its = liquid.filters[name];
  liquid.registerFilter(name, function (input, ...given) {
    const step = { name, input, given };
    steps.push(step);
    const output = (step.output = its.call(this, input, ...given));
    return output;
  });
}

const bare = (value) => (value instanceof Drop ? null : value);
const holdsObject = (value) => (Array.isArray(value) ? value.some(holdsObject) : value !== null && typeof value === "object");
const isAstral = (value) => /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(value) ?? "");
const asNumber = new Set(["abs", "ceil", "floor", "plus", "minus", "times", "divided_by", "round"]);
const keepsType = new Set(["default", "first", "last", "size", "date", ...asNumber]);
const engineReads = /^\d+$|^(now|today)$|^\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\d(\.\d{3,})?(Z|[+-]\d\d:\d\d)?)?$/;

/** Where the engine goes its own way: the reason, and which steps are concerned. */
const differences = [
  { reason: "a value is finite: what is not becomes null, where JavaScript prints Infinity and NaN",
    concerns: ({ output }) => typeof output === "number" && !Number.isFinite(output) },
  { reason: "objects are JSON text; JavaScript's [object Object] tells nobody anything",
    concerns: ({ name, input, given }) => !keepsType.has(name) && [input, ...given].map(bare).some(holdsObject) },
  { reason: "characters are code points; a UTF-16 unit is half an emoji",
    concerns: ({ name, input, given }) => ["size", "first", "last", "capitalize", "split", "replace", "remove"].includes(name) && (isAstral(input) || isAstral(given)) },
  { reason: "booleans and lists are no dates; JavaScript's Date makes something of everything",
    concerns: ({ name, input }) => name === "date" && (typeof input === "boolean" || Array.isArray(input)) },
  { reason: "texts that are dates are ISO days and instants; what else JavaScript's Date guesses at differs from browser to browser",
    concerns: ({ name, input }) => name === "date" && typeof input === "string" && !engineReads.test(input) && !Number.isNaN(Date.parse(input)) },
  { reason: "a text that counts, in slice, is its number; JavaScript's + would join it to the other number",
    concerns: ({ name, input, given }) => name === "slice" && given.some((each, i) => (typeof bare(each) === "string" || Array.isArray(each)) && (Array.isArray(input) || (i === 0 && each < 0))) },
  { reason: "an argument that is not there is null; to JavaScript it is as if it had not been given",
    concerns: ({ name, given }) => ["slice", "truncate"].includes(name) && given.some((each) => each === undefined) },
];

/** What liquidjs prints and comes to. */
function byLiquid(expression) {
  steps = [];
  let value, fault;
  try {
    value = bare(liquid.evalValueSync(expression, { v: values }));
  } catch (error) {
    fault = error; // half an emoji cannot be encoded
  }
  const difference = differences.find(({ concerns }) => steps.some(concerns)) ?? (holdsObject(value) ? differences[1] : undefined);
  if (fault && !difference) throw fault;
  if (fault) return { difference };
  const printed = liquid.parseAndRenderSync(`<{{ ${expression} }}>`, { v: values });
  return { printed, value: JSON.stringify(value ?? null), difference };
}

/** What the engine prints and comes to, for all expressions at once. */
async function byEngine(expressions) {
  const bot = await loadBot(JSON.stringify({
    latchkey: 1, id: "filters", attributes: [{ name: "v", type: "json" }],
    dialogs: [{ id: "default", elements: [
      { type: "api", method: "GET", url: "/values", save: { body: [{ attribute: "v", path: "$" }] } },
      { type: "event", name: "printed", data: { all: expressions.map((each) => `<{{ ${each} }}>`) } },
      { type: "event", name: "values", data: { all: expressions.map((each) => `{{ ${each} }}`) } },
    ] }],
  }));
  const { conversation, effects } = startConversation(bot, { now, conversationId: "c", seed: 1 });
  const { id } = effects.find(({ type }) => type === "call");
  const turn = conversation.handle({ type: "callFinished", id, status: 200, headers: {}, body: JSON.stringify(values), now });
  const [printed, typed] = turn.effects.filter(({ type }) => type === "emit").map(({ data }) => data.all);
  return expressions.map((_, i) => ({ printed: printed[i], value: JSON.stringify(typed[i]) }));
}

async function compare(t, expressions) {
  t.mock.timers.enable({ apis: ["Date"], now });
  const engine = await byEngine(expressions);
  const wrong = [];
  let compared = 0;
  expressions.forEach((expression, i) => {
    const { difference, ...expected } = byLiquid(expression);
    if (difference) {
      difference.used = true;
      return;
    }
    ++compared;
    if (JSON.stringify(engine[i]) !== JSON.stringify(expected)) wrong.push({ expression, engine: engine[i], expected });
  });
  assert.equal(wrong.length, 0, `${wrong.length} of ${compared} differ, such as ${JSON.stringify(wrong.slice(0, 20), null, 1)}`);
  t.diagnostic(`${compared} of ${expressions.length} expressions compared`);
  return compared;
}

test("date knows the short forms of Liquid in Ruby too", async () => {
  const [{ printed }] = await byEngine([`v.instant | date: "%D %F %R %T %^F"`]);
  assert.equal(printed, "<01/05/26 2026-01-05 09:07 09:07:03 2026-01-05>");
});

describe("filters give what liquidjs gives", () => {
  test("each alone, with every value and argument", async (t) => {
    assert.ok((await compare(t, [...oneFilter()])) > 20_000);
  });

  test("in random chains", async (t) => {
    assert.ok((await compare(t, [...chains(5000)])) > 2500);
  });

  test("with no exclusion that excludes nothing", () => {
    assert.deepEqual(differences.filter(({ used }) => !used), []);
  });
});
