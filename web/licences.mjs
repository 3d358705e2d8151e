/** The licences of what is compiled into web/dist, read where it is installed; none is copied into the repository. */
import { readdir, readFile, realpath } from "node:fs/promises";
import { join } from "node:path";

const here = import.meta.dirname;

/** What packages have bundled already themselves. */
const within = { "@dagrejs/dagre": ["@dagrejs/graphlib"] };

/** The npm packages whose code is in a bundle, and whether Emscripten's glue is. */
export function partsOf({ inputs }) {
  const paths = Object.keys(inputs);
  const packages = new Set(paths.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  for (const name of [...packages]) for (const inner of within[name] ?? []) packages.add(inner);
  return { packages: [...packages].sort(), hasGlue: paths.some((path) => /build\/wasm\//.test(path)) };
}

/** The licences of a bundle's parts, one below the other, of the WebAssembly's where it is translated; empty when all of it is ours. */
export async function licencesOfBundle(metafile) {
  const { packages, hasGlue } = partsOf(metafile);
  if (Object.keys(metafile.inputs).some((path) => path.endsWith("latchkey.wasm.js"))) return licencesOfWasm();
  const texts = await Promise.all(packages.map(async (name) => titled(name, await licenceOfPackage(name))));
  if (hasGlue) texts.push(titled("Emscripten", await licenceOfEmscripten(await findParts())));
  return texts.join("\n\n");
}

/** The licences of what is linked into the WebAssembly. */
export async function licencesOfWasm() {
  const parts = await findParts();
  const { emscripten } = parts;
  const llvm = await Promise.all(["libcxx", "libcxxabi", "compiler-rt"].map((name) => textOf(join(emscripten, "system/lib", name, "LICENSE.TXT"))));
  const texts = [
    titled("nlohmann_json", await licenceOfJson(parts)),
    titled("Emscripten, with its Embind and allocators", await licenceOfEmscripten(parts)),
    titled("musl", await needed("musl", [join(emscripten, "system/lib/libc/musl/COPYRIGHT")])),
    // LLVM's three have the same licence. Debian has it with Emscripten's and, its main part, where all packages find it.
    titled("libc++, libc++abi and compiler-rt", llvm.find(Boolean) ?? (await needed("LLVM", ["/usr/share/common-licenses/Apache-2.0"]))),
  ];
  return texts.join("\n\n");
}

/** Where Emscripten and nlohmann_json are, which versions they have, and of what upstream versions Emscripten's libraries are. */
export async function findParts() {
  const { emscripten, json } = JSON.parse(await readFile(join(here, "../build/wasm/parts.json"), "utf8"));
  const version = async (file, pattern) => {
    const text = await textOf(file);
    const found = text && pattern.exec(text)?.[1];
    if (!found) throw new Error(`The version of what is compiled into the WebAssembly was not found in ${file}.`);
    return found;
  };
  const llvm = (name) => version(join(emscripten, "system/lib", name, "readme.txt"), /(?:llvmorg-|release )(\d+\.\d+\.\d+)/);
  return {
    emscripten,
    json,
    versions: async () => ({
      nlohmann_json: await version(join(json, "nlohmann/json.hpp"), /version (\d+\.\d+\.\d+)/),
      emscripten: await version(join(emscripten, "emscripten-version.txt"), /(\d+\.\d+\.\d+)/),
      musl: await version(join(emscripten, "system/lib/libc/README.md"), /musl v?(\d+\.\d+\.\d+)/),
      "libc++": await llvm("libcxx"),
      "libc++abi": await llvm("libcxxabi"),
      "compiler-rt": await llvm("compiler-rt"),
    }),
  };
}

/** Where its headers come from, or where Linux distributions put licences. */
async function licenceOfJson({ json }) {
  const folders = [join(await realpath(join(json, "nlohmann")), "../.."), "/usr/share/licenses/nlohmann-json", "/usr/share/licenses/json-devel"];
  return needed("nlohmann_json", [...folders.map((folder) => join(folder, "LICENSE.MIT")), "/usr/share/doc/nlohmann-json3-dev/copyright"]);
}

const titled = (name, text) => `${name}\n\n${text.trim()}\n`;

const textOf = (path) => readFile(path, "utf8").catch(() => null);

async function needed(name, paths) {
  for (const path of paths) {
    const text = await textOf(path);
    if (text) return text;
  }
  throw new Error(`The licence of ${name}, which is compiled into web/dist, was not found. Looked for: ${paths.join(", ")}.`);
}

async function licenceOfPackage(name) {
  const folder = join(here, "node_modules", name);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`The package ${name} has no licence to lay beside the bundles.`);
  return readFile(join(folder, file), "utf8");
}

/** Emscripten's own, or what Debian says instead: of a file about its tests too, what is about the runtime. */
async function licenceOfEmscripten({ emscripten }) {
  const debian = "/usr/share/doc/emscripten/copyright";
  const own = await textOf(join(emscripten, "LICENSE"));
  if (own) return own;
  const paragraphs = (await needed("Emscripten", [join(emscripten, "LICENSE"), debian])).split(/\n\n+/);
  const ofRuntime = paragraphs.filter((text) => /^Files:\s+(\*|system\/lib\/(libcxx|libcxxabi|compiler-rt)\/\*)\n/.test(text));
  const named = ofRuntime.map((text) => /^License: (.*)/m.exec(text)?.[1]).join(" or ").split(/ or | and /);
  const licences = paragraphs.filter((text) => named.includes(/^License: (.*)/.exec(text)?.[1]));
  return (ofRuntime.length && licences.length ? [...ofRuntime, ...licences] : paragraphs).join("\n\n");
}
