/** What an editor offers to who writes a bot file: asked of VS Code's own JSON language service. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { schema } from "./bot-schema.mjs";

const require = createRequire(join(import.meta.dirname, "../../web/package.json"));
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");

const service = getLanguageService({});
service.configure({ validate: true, schemas: [{ uri: "memory://bot.schema.json", fileMatch: ["*.bot.json"], schema }] });

/** A bot file around `element`; the cursor is at the bar. */
const botWith = (element) => `{ "latchkey": 1, "id": "a", "dialogs": [ { "id": "default", "elements": [ ${element} ] } ] }`;

function open(text) {
  const document = TextDocument.create("file:///acme.bot.json", "json", 1, text.replace("|", ""));
  return { document, parsed: service.parseJSONDocument(document), cursor: document.positionAt(text.indexOf("|")) };
}

/** What is offered at the cursor: each label with its explanation. */
async function offered(text) {
  const { document, parsed, cursor } = open(text);
  const { items } = await service.doComplete(document, cursor, parsed);
  return new Map(items.map(({ label, documentation }) => [label, documentation?.value ?? documentation]));
}

/** What is underlined, and what is said of it. */
async function underlined(text) {
  const { document, parsed } = open(text);
  const faults = await service.doValidation(document, parsed);
  return faults.map(({ range, message }) => `${document.getText(range)}: ${message}`);
}

describe("an editor with the schema", () => {
  test("offers every element type, each with what it does", async () => {
    const types = schema.$defs.element.properties.type.oneOf;
    assert.deepEqual(await offered(botWith('{ "type": "|" }')), new Map(types.map(({ const: type, description }) => [`"${type}"`, description])));
  });

  test("offers an element's fields and no other, each with what it means", async () => {
    const fields = await offered(botWith('{ "type": "api", | }'));
    assert.deepEqual([...fields.keys()], [
      "method", "url", "query", "headers", "body", "timeoutSeconds", "retry", "retryUnsafe", "credentials", "save", "fallback", "comment",
    ]);
    for (const [name, explanation] of fields) assert.ok(explanation, name);
    assert.deepEqual([...(await offered(botWith('{ "type": "delay", | }'))).keys()], ["seconds", "comment"]);
    assert.deepEqual([...(await offered(botWith("{ | }"))).keys()], ["type"]);
  });

  test("offers whole elements to begin with", async () => {
    const elements = await offered(botWith("|"));
    assert.equal(elements.size, schema.$defs.element.examples.length);
    assert.ok(elements.has('{"type":"text","text":"Hello."}'));
  });

  test("offers conditions and operators", async () => {
    const keys = await offered(botWith('{ "type": "conditions", "branches": [ { "if": { | } } ] }'));
    for (const key of ["all", "any", "not", "attribute", "is", "matches", "in", "ignoreCase"]) assert.ok(keys.get(key), key);
  });

  test("offers what a dialog of its kind has", async () => {
    const dialog = (fields) => `{ "latchkey": 1, "id": "a", "dialogs": [ { "id": "a", ${fields} } ] }`;
    assert.ok((await offered(dialog('"kind": "authentication", |'))).get("maxAttempts"));
    const standard = await offered(dialog('"kind": "standard", |'));
    assert.ok(standard.get("keywords"));
    assert.equal(standard.has("maxAttempts"), false);
    assert.deepEqual(new Set((await offered(dialog('"kind": |'))).keys()), new Set(['"standard"', '"default"', '"authentication"', '"sessionExpired"']));
  });

  test("underlines what is wrong and says why", async () => {
    assert.deepEqual(await underlined(botWith('{ "type": "text", "text": "Hello." }')), []);
    assert.deepEqual(await underlined(botWith('{ "type": "text", "texts": "Hello.", "text": "Hello." }')), ['"texts": Property texts is not allowed.']);
    const [unknown, ...others] = await underlined(botWith('{ "type": "txt", "text": "Hello." }'));
    assert.match(unknown, /^"txt": Value is not accepted. Valid values: "text", "image",/);
    assert.deepEqual(others, []);
    assert.deepEqual(await underlined(botWith('{ "type": "delay", "seconds": 61 }')), ["61: Value is above the maximum of 60."]);
    assert.deepEqual(await underlined(botWith('{ "type": "delay" }')), ['{: Missing property "seconds".']);
  });
});
