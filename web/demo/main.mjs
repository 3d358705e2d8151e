/** Starts the demo: the site with the bank and the example bots and, on another origin, their customer API. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startCustomerApi } from "./customer-api.mjs";
import { DatabaseRefused } from "./database.mjs";
import { startDemoSite } from "./site.mjs";
import { testCustomers } from "./test-customers.mjs";

const usage = "Options: --site-port 8080 --api-port 8081 --database FILE --help";
const dist = fileURLToPath(new URL("../dist", import.meta.url));

/** Something that the person who started the demo can mend; the message says how. */
class Unusable extends Error {}

/** @typedef {{ help: boolean, sitePort: number, apiPort: number, databaseFile: string }} Settings */

/** @returns {Settings} */
function readSettings() {
  try {
    const { values } = parseArgs({ options: {
      "site-port": { type: "string", default: "8080" },
      "api-port": { type: "string", default: "8081" },
      database: { type: "string", default: fileURLToPath(new URL("../../build/demo/bank.sqlite", import.meta.url)) },
      help: { type: "boolean", default: false },
    } });
    const { help, database: databaseFile, "site-port": sitePort, "api-port": apiPort } = values;
    return { help, sitePort: port("site-port", sitePort), apiPort: port("api-port", apiPort), databaseFile };
  } catch (error) {
    if (error instanceof Unusable) throw error;
    const [reason] = /** @type {Error} */ (error).message.split(/\.?\n|\. /);
    throw new Unusable(`${reason}. ${usage}`);
  }
}

/** @type {(option: string, text: string) => number} */
function port(option, text) {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (number >= 0 && number <= 65_535) return number;
  throw new Unusable(`--${option} must be a port number from 1 to 65535, or 0 for any free one.`);
}

/**
 * @template T
 * @param {string} option
 * @param {Promise<T>} started
 * @returns {Promise<T>}
 */
async function onPort(option, started) {
  return started.catch((/** @type {NodeJS.ErrnoException & { port?: number }} */ error) => {
    if (error.code === "EADDRINUSE") {
      throw new Unusable(`Port ${error.port} is taken: stop what uses it, or choose another port with --${option}.`);
    }
    if (error.code === "EACCES") {
      throw new Unusable(`Port ${error.port} may not be used by you: choose one above 1023 with --${option}.`);
    }
    throw error;
  });
}

/** @param {Settings} settings */
async function startDemo({ sitePort, apiPort, databaseFile }) {
  let siteOrigin = "";
  const api = await onPort("api-port", startCustomerApi({ port: apiPort, siteOrigin: () => siteOrigin, databaseFile }));
  try {
    const site = await onPort("site-port", startDemoSite({ port: sitePort, apiOrigin: api.origin, dist }));
    siteOrigin = site.origin;
    return { site, api, databaseFile };
  } catch (error) {
    await api.close();
    throw error;
  }
}

/** @param {{ site: { origin: string }, api: { origin: string }, databaseFile: string }} demo */
function welcome({ site, api, databaseFile }) {
  const row = (/** @type {string[]} */ ...[id, passcode, name]) => `  ${id.padEnd(13)}${passcode.padEnd(18)}${name}`;
  return [
    "", `  Acme Bank is open: ${site.origin}`, `  All example bots:  ${site.origin}/examples`, "",
    row("Customer ID", "Passcode", "Name"), ...testCustomers.map(({ id, passcode, name }) => row(id, passcode, name)), "",
    `  Customer API: ${api.origin}`, `  Database:     ${databaseFile}`,
    ...(existsSync(`${dist}/latchkey.js`) ? [] : ["", "  The chat is not built yet, so the page has none. script/demo builds it."]),
    "", "  Stop with Ctrl+C.", "",
  ].join("\n");
}

async function main() {
  const settings = readSettings();
  if (settings.help) return console.log(usage);
  const demo = await startDemo(settings);
  const stop = () => void Promise.all([demo.site.close(), demo.api.close()]);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
  console.log(welcome(demo));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Unusable || error instanceof DatabaseRefused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
