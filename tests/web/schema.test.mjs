/** engine/bot.schema.json says of a bot file's shape what the engine says, and explains every field to an editor. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ajv, badBots, differences, errorsOf, goodBots, isOfShape, read, readJson, refusedAt, root, schema } from "./bot-schema.mjs";
import { everyMistake, mistakesFor } from "./mistakes.mjs";

const bots = goodBots();
const bad = badBots();

/** Every schema in the schema, with what stands between it and the top. */
function* schemasIn(value, path = []) {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield { schema: value, path };
  for (const [key, inner] of Object.entries(value)) {
    if (!["default", "examples", "const", "enum"].includes(key)) yield* schemasIn(inner, [...path, key]);
  }
}

/** The fields of every object, as an editor offers them: not those that only tell one branch from another. */
function fields() {
  const telling = ["if", "contains", "not", "oneOf", "dependentSchemas"];
  return [...schemasIn(schema)]
    .filter(({ path }) => path.at(-1) === "properties" && !path.some((key) => telling.includes(key)))
    .flatMap(({ schema: properties, path }) => Object.entries(properties).map(([name, field]) => ({ name, field, path })));
}

const resolve = (reference) => reference.slice(2).split("/").reduce((at, key) => at[key], schema);
const describes = (field) => field.description ?? (field.$ref && describes(resolve(field.$ref)));
const constsOf = (property) => property.oneOf.map(({ const: value }) => value);
const matches = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name);

describe("the schema of a bot file", () => {
  test("is a JSON Schema of draft 2020-12", () => {
    assert.equal(ajv.validateSchema(schema), true);
    assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  });

  test("comes with the package", () => {
    const require = createRequire(join(root, "web/package.json"));
    assert.deepEqual(require("latchkey/bot.schema.json"), schema);
  });

  test("accepts every good bot, as the engine does", async () => {
    for (const { name, bot } of bots) {
      assert.deepEqual(refusedAt(bot), [], name);
      assert.deepEqual(await errorsOf(bot), [], name);
    }
  });

  for (const code of new Set(bad.map((each) => each.code))) {
    test(`says of a bad bot with ${code} what the engine says`, async () => {
      for (const { name, where, bot } of bad.filter((each) => each.code === code)) {
        assert.equal(refusedAt(bot).length > 0, isOfShape({ code, where }), name);
        assert.deepEqual(await differences(bot), [], name);
      }
    });
  }

  test("says what the engine says of every mistake in every field", async () => {
    const bot = readJson("tests/web/every-field.json");
    const used = new Set([...schemasIn(bot)].flatMap(({ schema: object }) => Object.keys(object)));
    assert.deepEqual(fields().filter(({ name }) => !used.has(name)), [], "tests/web/every-field.json lacks a field");
    for (const mistaken of everyMistake(bot)) assert.deepEqual(await differences(mistaken.bot), [], mistaken.made);
  });

  test("says what the engine says of mistakes that come together, and of fields in the wrong place", async () => {
    const make = mistakesFor(bots.map(({ bot }) => bot), fields().map(({ name }) => name), 20260105);
    let refused = 0;
    for (let i = 0; i < 1000; ++i) {
      const { name, bot } = bots[i % bots.length];
      const mistaken = make(bot);
      assert.deepEqual(await differences(mistaken.bot), [], `${name}, mistake ${i}: ${mistaken.made}`);
      refused += refusedAt(mistaken.bot).length > 0;
    }
    assert.ok(refused > 500 && refused < 1000, `${refused} were refused`);
  });
});

describe("the words of the schema", () => {
  test("explain every field and every choice", () => {
    const offered = fields().filter(({ field }) => typeof field === "object");
    assert.ok(offered.length > 100);
    for (const { name, field, path } of offered) {
      const place = `/${[...path, name].join("/")}`;
      assert.ok(describes(field), place);
      for (const choice of field.oneOf ?? []) assert.ok(choice.description, `${place}: ${choice.const}`);
    }
  });

  test("are those of the engine: element types, attribute types, operators, settings", () => {
    const types = matches(read("engine/src/elements/table.cpp"), /\{"(\w+)", load\w+/g);
    assert.ok(types.length > 10);
    assert.deepEqual(constsOf(schema.$defs.element.properties.type), types);
    assert.deepEqual(schema.$defs.element.examples.map(({ type }) => type), types);
    assert.deepEqual(schema.$defs.element.allOf.map(({ if: { properties } }) => properties.type.const), types);

    const sending = matches(read("engine/src/elements/table.cpp"), /\{"(\w+)", load\w+, true\}/g);
    assert.deepEqual(schema.$defs.sendingElements.items.properties.type.enum, sending);

    const [typeNames] = read("engine/src/attribute.cpp").match(/typeNames = \{[^}]*\}/);
    assert.deepEqual(constsOf(schema.$defs.attribute.properties.type), matches(typeNames, /"(\w+)"/g));

    const operators = matches(read("engine/src/load_condition.cpp"), /\{"(\w+)", Operator::/g);
    assert.ok(operators.length > 10);
    const rest = ["all", "any", "not", "attribute", "ignoreCase", "comment"];
    assert.deepEqual(Object.keys(schema.$defs.condition.properties).filter((name) => !rest.includes(name)), operators);

    const [settings] = read("engine/src/load.cpp").match(/void readSettings\(\)[^]*?\n  \}\n/);
    const keys = matches(settings, /fields\.\w+\("(\w+)"/g);
    assert.deepEqual(new Set(Object.keys(schema.$defs.settings.properties)), new Set([...keys, "comment"]));
  });

  test("are those of the engine: the names of all fields", () => {
    const sources = readdirSync(join(root, "engine/src/elements")).map((name) => `engine/src/elements/${name}`);
    const text = [...sources, "engine/src/load.cpp", "engine/src/load_condition.cpp", "engine/src/fields.cpp"].map(read).join("");
    const asked = /\b(?:\w+\.(?:find|has|require\w*|text|texts|boolean|number|integer|choice|each|eachMember|templated|said|attributes?|writtenAttribute|dialog|elements|fallback)|emplace|url_|loadAll|readMinutes|readLimit)\((?:fields, )?"(\w+)"/g;
    const names = new Set([...matches(text, asked), ...matches(text, /\{"(\w+)", Operator::/g), "comment"]);
    assert.deepEqual([...new Set(fields().map(({ name }) => name))].sort(), [...names].sort());
  });
});
