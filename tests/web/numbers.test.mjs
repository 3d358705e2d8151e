/** Numbers as people write them: by CLDR, which Node has with it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadBot, startConversation } from "../../web/dist/engine.js";

const regions = `AD AE AO AR AT AU AZ BA BE BG BN BO BR BY BZ CA CD CH CL CN CO CR CU CV CY CZ DE DK DO DZ EC EE EG ES FI FR GB GE GH GQ GR GT
  GW HK HN HR HU ID IE IL IN IQ IT JO JP KE KR KZ LA LB LI LK LT LU LV LY MA MC MD ME MG MK MO MR MT MX MY MZ NG NI NL NO NZ PA PE PH PK PL PR PT
  PY RO RS RU SA SE SG SI SK SM SN ST SV TH TL TN TR TW TZ UA UG US UY UZ VE VN ZA 419`.split(/\s+/);
const languages = "ar bg bn bs ca cs da de el en es et eu fi fr gl gu he hi hr hu hy id is it ja ka kk kn ko lt lv mk ml mr ms nb nl nn no pa pl pt ro ru sk sl sq sr sv sw ta te th tr uk uz vi zh".split(" ");

/** What the bot takes an answer for, or null where it asks again. */
async function taken(language, answers) {
  const bot = await loadBot(JSON.stringify({ latchkey: 1, id: "numbers", language, attributes: [{ name: "n", type: "number" }],
    dialogs: [{ id: "default", elements: [{ type: "saveResponse", attribute: "n", text: "?" }, { type: "text", text: "{{ n }}" }] }] }));
  return answers.map((text) => {
    const { conversation } = startConversation(bot, { now: 0, conversationId: "n", seed: 1 });
    const { effects } = conversation.handle({ type: "textEntered", text, now: 1 });
    const said = effects.filter(({ type }) => type === "say").at(-1).message.text;
    return Number.isNaN(Number(said)) ? null : Number(said);
  });
}

test("are read as the language and the region of the bot write them", async () => {
  const wrong = [];
  // CLDR has it as the other people of these countries write; who writes English there often does not.
  const ofEurope = /^en-(AT|BE|CZ|D[EK]|E[ES]|F[IR]|GE|HU|ID|IT|L[TV]|N[LO]|P[LT]|RO|S[EIK]|UA)$/;
  const tags = languages.flatMap((language) => [language, ...regions.map((region) => `${language}-${region}`)]);
  for (const tag of tags.filter((one) => !ofEurope.test(one) && new Intl.NumberFormat(one).resolvedOptions().locale === one)) {
    const format = new Intl.NumberFormat(tag, { useGrouping: "always", numberingSystem: "latn", maximumFractionDigits: 3 });
    const numbers = [1234, 1234567.5, -12.25, 0.125];
    const written = numbers.map((number) => format.format(number).replace(/[\u200e\u200f\u061c]/g, ""));
    const read = await taken(tag, written);
    numbers.forEach((number, at) => number !== read[at] && wrong.push(`${tag}: ${written[at]} is ${read[at]}`));
  }
  assert.deepEqual(wrong, []);
});

test("may have spaces or apostrophes between their groups everywhere", async () => {
  for (const language of ["en", "de", "fr", "de-CH"]) assert.deepEqual(await taken(language, ["1 234 567", "1'234", "1\u2019234", "1\u202F234"]), [1234567, 1234, 1234, 1234]);
});

test("are asked for again where their groups are not those of anybody", async () => {
  assert.deepEqual(await taken("en", ["12,34", "1,234,56", "1 234'567", "1,,234", ",234", "1,234,", "12,34,567", "1234,567", "--1", "1.234.567"]), Array(10).fill(null));
  assert.deepEqual(await taken("de-CH", ["1,234", "1.234", "1'23"]), [null, 1.234, null]);
  assert.deepEqual(await taken("en-IN", ["12,34,567", "1,234,567", "12,34", "1,2,345"]), [1234567, 1234567, null, null]);
});
