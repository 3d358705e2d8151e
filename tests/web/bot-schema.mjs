/** engine/bot.schema.json, what it says of a bot file, and what the engine says of the same. */
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { checkBot } from "../../web/dist/engine.js";
import { blocks, elementExamples } from "./snippets.mjs";

export const root = join(import.meta.dirname, "../..");
const { default: Ajv } = createRequire(join(root, "web/package.json"))("ajv/dist/2020.js");

export const read = (path) => readFileSync(join(root, path), "utf8");
export const readJson = (path) => JSON.parse(read(path));
export const schema = readJson("engine/bot.schema.json");

/** Refuses a schema with a keyword that is none. */
export const ajv = new Ajv({ allErrors: true, strictTypes: false });
const validate = ajv.compile(schema);

/** The places (RFC 6901) where the schema refuses the bot; none: it accepts it. */
export function refusedAt(bot) {
  validate(bot);
  // "if" only tells that its branch failed, and below "contains" stands why each item is not the one that is wanted.
  const faults = (validate.errors ?? []).filter(({ keyword, schemaPath }) => keyword !== "if" && !schemaPath.includes("/contains/"));
  return [...new Set(faults.map(placeOf))];
}

/** A field that is not known is refused at its own place, not at its object's. */
function placeOf({ instancePath, params: { additionalProperty } }) {
  return additionalProperty === undefined ? instancePath : `${instancePath}/${additionalProperty.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/**
 * The engine's codes that a schema sees too: what is wrong with one object and the values in it, wherever it stands.
 * All others need another place of the file (names that must be declared, or only once; origins; the one authentication
 * dialog), a language inside of a text (templates, paths, patterns, addresses, headers), a conversion to an attribute's
 * type, or the text of the file (syntax, keys twice, size, depth).
 */
const seen = new Set([
  "wrongType", "missingField", "unknownField", "unknownType", "outOfRange", "badName", "reservedAttribute", "unsupportedVersion",
  "timeoutAmbiguous", "bodyNotAllowed", "notAllowedHere", "defaultMissing", "defaultSecured", "authenticationSecured",
  "sessionExpiredSecured",
]);

/** Whether a schema can see the problem. It can know neither of the dialog that `lockedDialog` names that it is secured, nor which of two limits is higher. */
export function isOfShape({ code, where }) {
  return seen.has(code) && !(code === "notAllowedHere" && where.endsWith("/lockedDialog")) && !(code === "outOfRange" && where.endsWith("/validation"));
}

export async function errorsOf(bot) {
  return (await checkBot(JSON.stringify(bot))).filter(({ severity }) => severity === "error");
}

const parent = (place) => place.slice(0, place.lastIndexOf("/"));

/** The two mean the same place. Two codes name the whole element, where the schema names the field in it that is wrong. */
function agrees({ code, where }, place) {
  const ofElement = code === "notAllowedHere" || code === "timeoutAmbiguous";
  return where === place || (ofElement && `${where}/`.startsWith(`${parent(place)}/`));
}

/** Where schema and engine differ on a bot's shape: nothing when they say the same of the same places. */
export async function differences(bot) {
  const problems = (await errorsOf(bot)).filter(isOfShape);
  const places = refusedAt(bot);
  const told = new Set(problems.map(({ where }) => where));
  const same = new Set(places.filter((place) => told.has(place)));
  const missed = problems.filter((problem) => !same.has(problem.where) && !places.some((place) => agrees(problem, place)));
  const invented = places.filter((place) => !same.has(place) && !problems.some((problem) => agrees(problem, place)));
  return [...missed.map(({ code, where }) => `the schema misses ${code} at ${where}`), ...invented.map((place) => `the engine takes ${place}`)];
}

/** A bot of the schema's own examples: every element type. */
function exampleBot() {
  const { examples } = schema.$defs.element;
  const isAuthentication = ({ type }) => type === "authentication";
  return {
    latchkey: 1,
    id: "examples",
    attributes: [{ name: "name", type: "text" }, { name: "status", type: "number" }],
    dialogs: [
      { id: "default", elements: examples.filter((example) => !isAuthentication(example)) },
      { id: "authentication", kind: "authentication", elements: examples.filter(isAuthentication) },
    ],
  };
}

/** Every bot that is good: of the conversations, the demo, the bench, the docs and the schema's examples. */
export function goodBots() {
  const folders = ["tests/conversations/bots", "web/demo/bots"];
  const files = folders.flatMap((folder) => readdirSync(join(root, folder)).filter((name) => !name.endsWith(".conversations.json")).map((name) => `${folder}/${name}`));
  return [
    ...[...files, "tests/bench/bot.json", "tests/web/every-field.json"].map((name) => ({ name, bot: readJson(name) })),
    { name: "docs/bot-format.md", bot: JSON.parse(blocks("docs/bot-format.md", "json")[0]) },
    ...elementExamples().map(({ bot }, i) => ({ name: `docs/elements.md, example ${i + 1}`, bot })),
    { name: "the examples of the schema", bot: exampleBot() },
  ];
}

/** The cases of tests/bad-bots that are JSON, each with its code and place. */
export function badBots() {
  const files = readdirSync(join(root, "tests/bad-bots")).map((name) => readJson(`tests/bad-bots/${name}`));
  const all = files.flatMap(({ code, cases }) => cases.map((each) => ({ code, ...each })));
  // What cannot be read as JSON, no schema sees.
  const unseen = new Set(["jsonSyntax", "tooLarge", "tooDeep"]);
  return all.filter(({ code, bot }) => bot !== undefined || !unseen.has(code)).map((each) => ({ ...each, bot: each.bot ?? JSON.parse(each.text) }));
}
