/** The language files, and the choice among them. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { loadSource } from "./load-source.mjs";
import { blocks } from "./snippets.mjs";

const folder = join(import.meta.dirname, "../../web/src/languages");
const files = Object.fromEntries(readdirSync(folder).map((name) => [name.replace(".json", ""), JSON.parse(readFileSync(join(folder, name), "utf8"))]));
const { launcherEnglish, chatEnglish, richEnglish, moreEnglish, choose, directionOf, firstWords, complete, fill, fillCount, voiceOf } =
  await loadSource(["texts.ts", "languages.ts", "words.ts"]);
const english = { lang: "en", launcher: launcherEnglish, chat: chatEnglish, rich: richEnglish, more: moreEnglish };

const isPlural = (text) => typeof text === "object" && "other" in text;

/** Every text with the path of its key; plural forms count as one. */
function* entries(texts, path = "") {
  for (const [key, text] of Object.entries(texts)) {
    if (typeof text === "object" && !isPlural(text)) yield* entries(text, `${path}${key}.`);
    else yield [path + key, text];
  }
}
const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

test("there are ten besides English", () => {
  assert.deepEqual(Object.keys(files).sort(), ["ar", "de", "es", "fr", "hr", "it", "ja", "pl", "pt", "zh"]);
});

for (const [tag, texts] of Object.entries(files)) {
  describe(`the language ${tag}`, () => {
    const own = new Map(entries(texts));

    test("has English's keys in English's order, and no other", () => {
      assert.deepEqual([...own.keys()], [...new Map(entries(english)).keys()]);
      assert.equal(texts.lang, tag);
    });

    test("has English's placeholders, and a form for each plural category", () => {
      const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
      for (const [key, text] of entries(english)) {
        if (!isPlural(text)) assert.deepEqual(placeholders(own.get(key)), placeholders(text), key);
        else {
          assert.deepEqual(Object.keys(own.get(key)).sort(), [...pluralCategories].sort(), key);
          for (const form of Object.values(own.get(key))) assert.deepEqual(placeholders(form), placeholders(text.other), key);
        }
      }
    });

    test("is written out: nothing empty, no spaces around, and next to nothing as in English", () => {
      const same = [...entries(english)].filter(([key, text]) => own.get(key) === text).map(([key]) => key);
      assert.deepEqual(same.filter((key) => !["launcher.region", "chat.conversation", "chat.datePlaceholder", "rich.image", "rich.video", "rich.document"].includes(key)), []);
      for (const [key, text] of own) for (const form of isPlural(text) ? Object.values(text) : [text]) assert.match(form, /^\S(.*\S)?$/, key);
    });

    test("opens the chat by the words that the launcher has before", () => {
      assert.equal(firstWords(tag).launcher.open, texts.launcher.open);
      assert.equal(choose([tag]), tag);
    });
  });
}

test("a tag's region and script are left out, and what nobody speaks is passed over", () => {
  assert.deepEqual(["de-AT", "DE_de", "zh-Hant-TW", "pt-BR", "en-GB", "sv"].map((tag) => choose([tag])), ["de", "de", "zh", "pt", "en", "en"]);
  assert.equal(choose(["sv", "pl", "de"]), "pl");
  assert.equal(choose([]), "en");
});

test("what is written from right to left is known", () => {
  assert.deepEqual(["ar", "ar-EG", "he", "fa-IR", "ur", "en", "fr", "arn"].map(directionOf), ["rtl", "rtl", "rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]);
});

test("dates and numbers are of the region of the page, or else of the visitor", () => {
  const locale = (lang, ...tags) => voiceOf(lang, tags, { url: "", file: null }).locale;
  assert.equal(locale("de", "de-AT", "de-DE"), "de-AT");
  assert.equal(locale("en", "en", "fr-FR", "en-GB"), "en-GB");
  assert.equal(locale("pt", "pt_BR", "", "es"), "pt");
  assert.equal(locale("no tag", "de-AT"), "en");
});

describe("what is filled in", () => {
  test("stands as it is", () => {
    assert.equal(fill("{name} says:", "$& {name}"), "$& {name} says:");
  });

  test("chooses the plural form, and is written as the language does", () => {
    const { cards } = files.pl.rich;
    assert.deepEqual([1, 3, 5, 1.5].map((count) => fillCount(cards, count, "pl")), ["1 karta", "3 karty", "5 kart", "1,5 karty"]);
    assert.equal(fillCount(files.de.chat.tooLong, 4096, "de"), "Eine Nachricht fasst 4.096 Zeichen. Der Rest wurde weggelassen.");
    assert.equal(fillCount({ other: "{count} kort" }, 1, "sv"), "1 kort");
  });
});

describe("a file of a page's own", () => {
  const warned = (file) => {
    const { warn } = console;
    const lines = [];
    console.warn = (line) => lines.push(line);
    try {
      return { lines, texts: complete(english, { url: "https://site.example/sv.json", file }) };
    } finally {
      console.warn = warn;
    }
  };

  test("that is complete goes without a word", () => {
    const { lines, texts } = warned(files.de);
    assert.deepEqual(lines, []);
    assert.deepEqual(texts, files.de);
  });

  test("that lacks keys, has others, or has something else than texts: both are named, and English is said", () => {
    const { lines, texts } = warned({ ...files.de, extra: 1, launcher: null, chat: { ...files.de.chat, send: 7, snd: "Senden", tooLong: { one: "x" }, notices: "none" } });
    assert.equal(lines.length, 1);
    assert.match(lines[0], /^latchkey: https:\/\/site\.example\/sv\.json: extra is unknown, launcher\.region is missing, .*chat\.snd is unknown, /);
    for (const key of ["send", "tooLong", "notices.signedIn", "notices.concealed"]) assert.ok(lines[0].includes(`chat.${key} is missing`), key);
    assert.equal(texts.chat.send, "Send");
    assert.deepEqual(texts.chat.notices, english.chat.notices);
    assert.equal(texts.chat.close, "Chat schließen");
  });

  for (const file of [[], "text", 7, {}]) {
    test(`that holds ${JSON.stringify(file)} leaves English`, () => assert.deepEqual(warned(file).texts, english));
  }
});

test("docs/languages.md shows all keys, with English", () => {
  assert.deepEqual(JSON.parse(blocks("docs/languages.md", "json")[0]), JSON.parse(JSON.stringify(english)));
});
