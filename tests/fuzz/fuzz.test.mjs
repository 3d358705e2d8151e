/**
 * libFuzzer with the address and undefined-behaviour sanitizers on whatever comes from outside: bot files, API bodies, snapshots
 * and events. A finding is written to build/fuzz/<target>-…; what a run learns stays in build/fuzz/corpus for the next.
 * LATCHKEY_FUZZ_SECONDS: how long each target runs. The entropic schedule of libFuzzer would cost a third of the executions.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { writeSeeds } from "./seeds.mjs";

const build = join(import.meta.dirname, "../../build");
const folder = join(build, "fuzz");
const seconds = Number(process.env.LATCHKEY_FUZZ_SECONDS ?? 10);
const longestInput = { loader: 16384, body: 8192, events: 768, snapshot: 8192 };

await rm(join(folder, "seeds"), { recursive: true, force: true });
const targets = await writeSeeds(join(folder, "seeds"));

/** The end of what a target printed, without the bytes of its inputs. */
const tail = (text) => text.split("\n").slice(-40).map((line) => line.slice(0, 300)).join("\n");

describe("fuzzing", { concurrency: 2 }, () => {
  for (const target of targets) {
    test(`${target}: ${seconds} s without a finding`, async (t) => {
      const corpus = join(folder, "corpus", target);
      await mkdir(corpus, { recursive: true });
      const options = [`-max_total_time=${seconds}`, `-max_len=${longestInput[target]}`, "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-entropic=0",
        `-artifact_prefix=${folder}/${target}-`, ...(target === "loader" ? [`-dict=${folder}/seeds/bot.dict`] : [])];
      const ran = await promisify(execFile)(join(build, `sanitize/tests/fuzz/${target}_fuzz`), [...options, corpus, join(folder, "seeds", target)],
        { maxBuffer: 1 << 28, env: { ...process.env, LLVM_PROFILE_FILE: "/dev/null", ASAN_OPTIONS: "malloc_context_size=2:quarantine_size_mb=16" } }).catch((error) => error);
      assert.equal(ran.code ?? 0, 0, tail(ran.stderr));
      const [, a_second] = /average_exec_per_sec:\s+(\d+)/.exec(ran.stderr);
      t.diagnostic(`${target}: ${a_second} executions a second`);
    });
  }
});
