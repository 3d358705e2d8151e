/** Times the dialog engines that a user would pick instead, beside ours: in one run, ours before each of them, so that drift of the machine hits both. */
import { spawnSync } from "node:child_process";
import { copyFile, readFile, stat } from "node:fs/promises";
import { startCold, startEngine } from "./engine-process.mjs";
import { median } from "./median.mjs";
import { bytes, microseconds, milliseconds, ratio, table, whole } from "./table.mjs";

const folder = new URL("./peers/", import.meta.url);
const rounds = 9;
const coldStarts = 5;

/** Files of peers/, with what the table calls them. */
const engines = {
  "latchkey": "**Latchkey**",
  "botbuilder-dialogs-adaptive": "botbuilder-dialogs-adaptive (Bot Framework Composer)",
  "yarn-bound": "yarn-bound (Yarn Spinner)",
  "botbuilder-dialogs": "botbuilder-dialogs, waterfall",
  "rivescript": "rivescript",
  "inkjs": "inkjs",
  "nlpjs-bot": "@nlpjs/bot",
  "xstate": "xstate 5 (actor)",
  "robot3": "robot3 (a bare state machine, no dialogs)",
};
const peers = Object.keys(engines).slice(1);

/** Installs the packages of peers/package-lock.json under peers/node_modules, once for each state of that file. Returns why not, or "". */
export async function installPeers() {
  const lock = new URL("package-lock.json", folder), stamp = new URL("node_modules/.latchkey-lock.json", folder);
  const [wanted, installed] = await Promise.all([readFile(lock, "utf8"), readFile(stamp, "utf8").catch(() => "")]);
  if (wanted === installed) return "";
  console.error("bench: installing the peers with npm, which takes a minute");
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];
  const { status, stderr } = spawnSync("npm", ["ci", ...options], { cwd: folder, encoding: "utf8" });
  if (status !== 0) return `npm: ${stderr?.match(/^npm error code (.*)$/m)?.[1] ?? "it did not start"}`;
  await copyFile(lock, stamp);
  return "";
}

/** `{ name: measured | { failed: why } }`, first everything but the cold starts. */
async function measureAll(names) {
  const measured = {};
  const ours = await startEngine("latchkey");
  for (const name of names) measured[name] = await attempt(() => measureBeside(ours, name));
  measured.latchkey = await measureAlone(ours);
  measured.latchkey.samples = names.flatMap((name) => measured[name].oursSamples ?? []);
  ours.end();
  return measured;
}

const attempt = (work) => work().catch((error) => ({ failed: error.message }));

async function measureBeside(ours, name) {
  console.error(`bench: ${name}`);
  const peer = await startEngine(name);
  const samples = [], oursSamples = [];
  for (let round = 0; round < rounds; round++) {
    oursSamples.push(await ours.ask("sample"));
    samples.push(await peer.ask("sample"));
  }
  const measured = { ...(await measureAlone(peer)), samples, oursSamples };
  peer.end();
  return measured;
}

const measureAlone = async (engine) => ({ memory: await engine.ask("memory"), snapshot: await engine.ask("snapshot") });

/** Cold starts, each engine once a round. */
async function measureCold(names) {
  const starts = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < coldStarts; round++) {
    for (const name of names) starts[name].push(await startCold(name));
  }
  return starts;
}

const middle = (list, key) => median(list.map((item) => item[key]));

function row(name, { samples, oursSamples, memory, snapshot }, starts) {
  const faster = oursSamples && median(samples.map(({ turnsPerSecond }, round) => oursSamples[round].turnsPerSecond / turnsPerSecond));
  return [
    engines[name], whole(middle(samples, "turnsPerSecond")), faster ? ratio(faster) : "1", microseconds(middle(samples, "turnUs")), bytes(memory),
    milliseconds(middle(starts, "firstMessageMs")), milliseconds(middle(starts, "modulesMs")),
    snapshot ? `${bytes(snapshot.bytes)}, ${microseconds(snapshot.writtenUs)}, ${microseconds(snapshot.readUs)}` : "none",
  ];
}

const head = [
  "engine", "turns a second", "ours is × as fast", "median turn", "memory of a live conversation",
  "definition to first message, cold", "loading its modules, apart", "snapshot at the menu, written, read",
];

/** The table of the engines as Markdown, with a line for each that could not be measured. */
export async function measurePeers() {
  const missing = await installPeers();
  if (missing) return `The peers could not be installed (${missing}).\n`;
  const measured = await measureAll(peers);
  const ran = Object.keys(engines).filter((name) => !measured[name].failed);
  const starts = await measureCold(ran);
  const failed = peers.filter((name) => measured[name].failed).map((name) => `${engines[name]} did not run: ${measured[name].failed}\n`);
  return [table(head, ran.map((name) => row(name, measured[name], starts[name]))), ...failed].join("\n");
}
