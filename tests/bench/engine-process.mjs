/** Starts a process for one engine (peers/process.mjs) and asks it for measurements. */
import { fork } from "node:child_process";

const script = new URL("./peers/process.mjs", import.meta.url);

function start(name, ...args) {
  const child = fork(script, [name, ...args], { execArgv: ["--expose-gc", "--no-warnings"], stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let errors = "";
  child.stderr.on("data", (data) => { errors = (errors + data).slice(-4000); });
  const answer = () => new Promise((resolve, reject) => {
    const ended = () => reject(new Error(errors.match(/^\w*Error.*$/m)?.[0] ?? `${name} ended: ${errors.slice(-200)}`));
    child.once("exit", ended);
    child.once("message", (value) => {
      child.off("exit", ended);
      resolve(value);
    });
  });
  return { child, answer };
}

/** A process that has checked and warmed up its engine. `ask("sample")`, `ask("memory")`, `ask("snapshot")`, `end()`. */
export async function startEngine(name) {
  const { child, answer } = start(name);
  await answer();
  const ask = (what) => {
    const answered = answer();
    child.send(what);
    return answered;
  };
  await ask("warmUp");
  return { ask, end: () => child.disconnect() };
}

/** `{ modulesMs, firstMessageMs }` of a fresh process. */
export const startCold = (name) => start(name, "cold").answer();
