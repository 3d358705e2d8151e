/** What the fuzzers begin with: good bots, conversations with tests/fuzz/bot.json and their snapshots, bodies of APIs; and the words of the format. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadBot, startConversation } from "../../web/dist/engine.js";

const root = join(import.meta.dirname, "../..");
const read = (path) => readFileSync(join(root, path), "utf8");
const now = Date.parse("2026-01-05T09:00:00Z");

function filesIn(...folders) {
  return folders.flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith(".json")).map((name) => `${folder}/${name}`));
}

const bots = () => filesIn("tests/conversations/bots", "web/demo/bots").filter((name) => !name.endsWith(".conversations.json")).map(read);

function badBots() {
  return filesIn("tests/bad-bots").flatMap((name) => JSON.parse(read(name)).cases).map(({ bot, text }) => text ?? JSON.stringify(bot) ?? "").filter((text) => text.length < 20_000);
}

function bodies() {
  const steps = filesIn("tests/conversations", "web/demo/bots").filter((name) => name.endsWith(".conversations.json"))
    .flatMap((name) => JSON.parse(read(name)).conversations).flatMap(({ steps }) => steps);
  const replies = steps.map(({ reply }) => reply?.body).filter((body) => body !== undefined);
  const own = { text: "a", number: 1.5, boolean: true, date: "2026-01-05", email: "a@b.example", phone: "+385 91 1234567", url: "https://b.example", list: [1, "x"], a: { b: [2] } };
  const texts = [own, ...replies].map((body) => (typeof body === "string" ? body : JSON.stringify(body))).filter((body) => body.length < 20_000);
  return texts.flatMap((text) => [`\0\0${text}`, `\0\x01${text}`]);
}

/** What the user says in each of a few conversations; what the API answers to each request. */
const conversations = [
  { says: ["In", "C-1001", "2026-03-04", "In"], statuses: [200] },
  { says: ["In", "C-9", "in", "C-9", "in", "C-9", "in"], statuses: [401, 401, 401] },
  { says: ["Wait", "early", "5", "fetch", "100", "x"], statuses: [503, 200, 200] },
];

/** Events and snapshots of a conversation. */
async function talk({ says, statuses }) {
  const bot = await loadBot(read("tests/fuzz/bot.json"));
  const opening = { now, conversationId: "fuzz", seed: 7 };
  const { conversation, effects } = startConversation(bot, opening);
  const events = [{ type: "started", ...opening }], snapshots = [conversation.snapshot()];
  let at = now, answered = 0;
  const take = (event) => {
    events.push(event);
    const turn = conversation.handle(event);
    snapshots.push(conversation.snapshot());
    for (const { type, id, delayMs } of turn.effects ?? []) {
      if (type === "call") take({ type: "callFinished", id, status: statuses[answered++] ?? 200, headers: { etag: "x" }, body: '{"text":"a"}', now: at });
      if (type === "startTimer" && delayMs < 10_000) take({ type: "timerFired", id, now: (at += delayMs) });
    }
  };
  take({ type: "attributesSet", attributes: { json: { a: [1] }, list: null }, now: at });
  for (const text of says) take({ type: "textEntered", text, now: (at += 1000) });
  return { events: events.map((event) => JSON.stringify(event)), snapshots };
}

/** Every name and every fixed word of the schema, as libFuzzer reads a dictionary. */
function dictionary() {
  const words = new Set(["{{ ", " }}", " | ", "$.", "\\u"]);
  JSON.parse(read("engine/bot.schema.json"), (key, value) => {
    if (key && !/^\d+$/.test(key)) words.add(`"${key}":`);
    if (key === "const" && typeof value === "string") words.add(`"${value}"`);
    return value;
  });
  const escape = (word) => word.replace(/[\\"]/g, "\\$&").replace(/[^ -~]/g, "");
  return [...words].filter((word) => word.length < 60).map((word) => `"${escape(word)}"\n`).join("");
}

/** Writes the seeds of each target into a folder of its own, and `bot.dict` beside them. */
export async function writeSeeds(folder) {
  const talks = await Promise.all(conversations.map(talk));
  const snapshots = talks.flatMap(({ snapshots }) => snapshots);
  const seeds = {
    loader: [...bots(), ...badBots()],
    body: bodies(),
    events: talks.flatMap(({ events }) => [events.join("\n"), events.join("\n\n")]),
    snapshot: snapshots.flatMap((snapshot) => [`\0${snapshot}`, `\x01${snapshot.slice(snapshot.indexOf('"state":') + 8, -1)}`]),
  };
  for (const [target, texts] of Object.entries(seeds)) {
    mkdirSync(join(folder, target), { recursive: true });
    texts.forEach((text, i) => writeFileSync(join(folder, target, `${i}`), text));
  }
  writeFileSync(join(folder, "bot.dict"), dictionary());
  return Object.keys(seeds);
}
