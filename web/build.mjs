/** Builds web/dist: the loader, the chat, its languages, the engine for Node and bundlers, the command line, and the schema of a bot file. */
import { spawnSync } from "node:child_process";
import { chmod, cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { minify } from "terser";
import { integrityOf, pageWith, scriptTag } from "./integrity.mjs";
import { licencesOfBundle, licencesOfWasm } from "./licences.mjs";

const here = import.meta.dirname;
const dist = join(here, "dist");
const wasm = join(here, "../build/wasm");

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

/** Lit keeps four lists in globals of the page, and a symbol; ours keeps them beside itself: a page may have frozen its own. */
const litWithoutGlobals = {
  name: "lit-without-globals",
  setup({ onLoad }) {
    onLoad({ filter: /node_modules[\\/](@lit|lit-[a-z]+)[\\/].*\.js$/ }, async ({ path }) => {
      const code = await readFile(path, "utf8");
      return { contents: code.replace(/(?:\b\w\.)?\b(\w+Versions|litPropertyMetadata)\b/g, "import.meta.$1").replace(/\bSymbol\.metadata\b/g, "import.meta.metadata") };
    });
  },
};

/** The engine of pages in place of the one that tells what is wrong with a bot. Its glue is used where there is no WebAssembly, too. */
export const engineOfPages = {
  name: "engine-of-pages",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/build\/wasm\/engine\.mjs$/ }, () => ({ path: join(wasm, "latchkey.mjs") }));
    onLoad({ filter: /[\\/]latchkey\.mjs$/ }, async ({ path }) => {
      const code = await readFile(path, "utf8");
      const contents = code.replace(/if\(typeof WebAssembly!=+"object"\)\{\w+\("no native wasm support detected"\)\}/, "")
        // All that follows is to fetch the code, and would be for nothing.
        .replace('if(Module["instantiateWasm"])', 'return Module["instantiateWasm"](info,receiveInstance);$&');
      return { contents };
    });
  },
};

/** What the compiler made of the WebAssembly exports nothing. */
const engineInJavaScript = {
  name: "engine-in-javascript",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/latchkey\.wasm\.js$/ }, () => ({ path: join(wasm, "latchkey.wasm.js") }));
    onLoad({ filter: /[\\/]latchkey\.wasm\.js$/ }, async ({ path }) => ({ contents: `${await readFile(path, "utf8")}\nexport { instantiate };` }));
  },
};

/** In a page the engine gets its code from the page, and needs no way to find it. */
const wasmOfPages = {
  name: "wasm-of-pages",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/wasm\.js$/ }, () => ({ path: join(here, "src/wasm-of-pages.ts") }));
  },
};

/** What all bundles have in common. */
export const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: "es2022",
  // The licences of what is bundled lie beside the bundles, whole.
  legalComments: "none",
  // The engine reads its WebAssembly from the disk where there is one.
  external: ["node:*"],
  plugins: [cssAsText, litWithoutGlobals],
  logLevel: "warning",
};

async function pack(bundle) {
  const { outputFiles, metafile } = await build({ ...common, ...bundle, write: false, metafile: true });
  const [{ text, path }] = outputFiles;
  const licences = await licencesOfBundle(metafile);
  await writeFile(path, bundle.platform === "node" ? text : await shrink(text, bundle.format));
  if (licences) await writeFile(`${path}.LEGAL.txt`, licences);
}

/** Terser finds what esbuild does not: of Emscripten's glue, functions that are assigned and never called. */
async function shrink(text, format) {
  // A page may be in another encoding than UTF-8, and its classic scripts with it.
  const { code } = await minify(text, { module: format === "esm", ecma: 2022, compress: { passes: 3 }, format: { ascii_only: format === "iife" } });
  // What a page imports at an address that it computes is no business of the bundler that packs the page.
  return format === "esm" ? code.replace(/\bimport\((?=\w)/g, "import(/*webpackIgnore:true*//*@vite-ignore*/") : code;
}

/** What is bundled into which file. */
export const bundles = [
  // TypeScript has seen to what strict mode would; "use strict" is left out.
  { entryPoints: ["src/loader.ts"], outfile: "dist/latchkey.js", format: "iife", tsconfigRaw: {} },
  { entryPoints: ["src/module.ts"], outfile: "dist/module.js", format: "esm" },
  { entryPoints: ["src/widget/mount.ts"], outfile: "dist/latchkey-chat.js", format: "esm", plugins: [...common.plugins, engineOfPages, wasmOfPages] },
  { entryPoints: ["src/widget/views/rich.ts"], outfile: "dist/latchkey-rich.js", format: "esm" },
  { entryPoints: ["src/widget/more/more.ts"], outfile: "dist/latchkey-more.js", format: "esm" },
  { entryPoints: ["src/no-wasm.ts"], outfile: "dist/latchkey-no-wasm.js", format: "esm", plugins: [engineInJavaScript] },
  { entryPoints: ["src/widget/check-options.ts"], outfile: "dist/latchkey-options.js", format: "esm" },
  { entryPoints: ["src/vault.ts"], outfile: "dist/latchkey-vault.js", format: "esm" },
  { entryPoints: ["src/widget/views/markdown.ts"], outfile: "dist/latchkey-markdown.js", format: "esm" },
  { entryPoints: ["src/engine.ts"], outfile: "dist/engine.js", format: "esm" },
  { entryPoints: ["src/cli/main.ts"], outfile: "dist/cli.js", format: "esm", platform: "node" },
];

async function buildAll() {
  if (!existsSync(join(wasm, "latchkey.wasm"))) throw new Error("build/wasm/latchkey.wasm is missing: build the engine first (script/bootstrap, then script/build).");
  await mkdir(dist, { recursive: true });
  const [bytes, licences] = await Promise.all([readFile(join(wasm, "latchkey.wasm")), licencesOfWasm()]);
  const define = { wasmIntegrity: JSON.stringify(integrityOf(bytes, "sha256")) };
  await Promise.all([
    ...["latchkey.wasm", "engine.wasm"].flatMap((name) => [
      cp(join(wasm, name), join(dist, name)),
      writeFile(join(dist, `${name}.LEGAL.txt`), licences),
    ]),
    cp(join(here, "../engine/bot.schema.json"), join(dist, "bot.schema.json")),
    ...bundles.map((bundle) => pack({ ...bundle, define })),
    packLanguages(),
  ]);
  // It is a program: its first line names Node.
  await chmod(join(dist, "cli.js"), 0o755);
  await writeIntegrity();
  declareTypes();
}

/** integrity.json, and what a page that has our files in /latchkey/ writes to insist on them. */
async function writeIntegrity() {
  const names = (await readdir(dist, { recursive: true })).filter((name) => /^((?!cli)[\w-]+\.(js|wasm)|languages.[\w-]+\.json)$/.test(name)).sort();
  const integrities = {};
  for (const name of names) integrities[name.replaceAll("\\", "/")] = integrityOf(await readFile(join(dist, name)));
  await writeFile(join(dist, "integrity.json"), `${JSON.stringify(integrities, null, 1)}\n`);
  await writeFile(join(dist, "integrity.html"), pageWith(integrities, "/latchkey/"));
  console.log(scriptTag(integrities, "/latchkey/"));
}

/** The language files, without their line breaks. */
async function packLanguages() {
  await mkdir(join(dist, "languages"), { recursive: true });
  for (const name of await readdir(join(here, "src/languages"))) {
    const text = await readFile(join(here, "src/languages", name), "utf8");
    await writeFile(join(dist, "languages", name), JSON.stringify(JSON.parse(text)));
  }
}

function declareTypes() {
  const tsc = createRequire(import.meta.url).resolve("typescript/package.json").replace("package.json", "bin/tsc");
  for (const project of ["tsconfig.engine.json", "tsconfig.module.json"]) {
    const { status } = spawnSync(process.execPath, [tsc, "-p", project], { cwd: here, stdio: "inherit" });
    if (status !== 0) throw new Error(`The types of the package could not be made (${project}).`);
  }
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) await buildAll();
