/** Builds web/dist: the loader, the chat, the engine for Node and bundlers, and the command line. */
import { spawnSync } from "node:child_process";
import { cp, mkdir, readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build, transform } from "esbuild";

const here = import.meta.dirname;
const dist = join(here, "dist");
const wasm = join(here, "../build/wasm/latchkey.wasm");

/** Style sheets lie beside their views and come in as minified text. */
const cssAsText = {
  name: "css-as-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: "es2022" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** Lit keeps four lists in globals of the page; ours keeps them beside itself. */
const litWithoutGlobals = {
  name: "lit-without-globals",
  setup({ onLoad }) {
    onLoad({ filter: /node_modules[\\/](@lit|lit-[a-z]+)[\\/].*\.js$/ }, async ({ path }) => {
      const code = await readFile(path, "utf8");
      return { contents: code.replace(/(?:\b\w\.)?\b(\w+Versions|litPropertyMetadata)\b/g, "import.meta.$1") };
    });
  },
};

/** What all bundles have in common. */
export const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: "es2022",
  // The licences of what is bundled lie beside the bundles.
  legalComments: "external",
  // The engine reads its WebAssembly from the disk where there is one.
  external: ["node:*"],
  plugins: [cssAsText, litWithoutGlobals],
  logLevel: "warning",
};

async function buildAll() {
  if (!existsSync(wasm)) throw new Error("build/wasm/latchkey.wasm is missing: build the engine first (script/bootstrap, then script/build).");
  await mkdir(dist, { recursive: true });
  const bundles = [
    { entryPoints: ["src/loader.ts"], outfile: "dist/latchkey.js", format: "iife" },
    { entryPoints: ["src/widget/mount.ts"], outfile: "dist/latchkey-chat.js", format: "esm" },
    { entryPoints: ["src/engine.ts"], outfile: "dist/engine.js", format: "esm" },
  ];
  if (existsSync(join(here, "src/cli/main.ts"))) {
    bundles.push({ entryPoints: ["src/cli/main.ts"], outfile: "dist/cli.js", format: "esm", platform: "node" });
  }
  await Promise.all([
    cp(wasm, join(dist, "latchkey.wasm")),
    ...bundles.map((bundle) => build({ ...common, ...bundle })),
  ]);
  declareTypes();
}

function declareTypes() {
  const tsc = createRequire(import.meta.url).resolve("typescript/package.json").replace("package.json", "bin/tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.engine.json"], { cwd: here, stdio: "inherit" });
  if (status !== 0) throw new Error("The types of latchkey/engine could not be made.");
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) await buildAll();
