/** Bundles a file of web/src and imports it, so that tests run the sources; `engine` is "real", "fake" or "built": web/dist's. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "../../web/node_modules/esbuild/lib/main.js";
import { common } from "../../web/build.mjs";

const sources = join(import.meta.dirname, "../../web/src");

/** What stands in for the engine's source. */
const engines = {
  fake: { path: join(import.meta.dirname, "fake-engine.mjs") },
  built: { path: pathToFileURL(join(import.meta.dirname, "../../web/dist/engine.js")).href, external: true },
};

const engineFrom = (place) => ({
  name: "engine",
  setup({ onResolve }) {
    onResolve({ filter: /\/engine\.js$/ }, () => place);
  },
});

/** The text of one bundle with the exports of `files`. */
export async function bundleSource(files, { engine = "real", plugins = [], ...options } = {}) {
  const contents = files.map((file) => `export * from "./${file}";`).join("\n");
  const { outputFiles } = await build({
    ...common,
    plugins: [...common.plugins, ...plugins, ...(engine in engines ? [engineFrom(engines[engine])] : [])],
    stdin: { contents, resolveDir: sources },
    format: "esm",
    write: false,
    ...options,
  });
  return outputFiles[0].text;
}

export async function loadSource(files, options) {
  const text = await bundleSource(files, options);
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}
