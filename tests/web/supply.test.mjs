/** What the product is made of: exact versions, their licences beside what they are compiled into, and the list of them. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";

const root = join(import.meta.dirname, "../..");
const read = (path) => readFile(join(root, path), "utf8");
const { packages } = JSON.parse(await read("web/package-lock.json"));
const exact = /^\d+\.\d+\.\d+$/;

/** What is bundled into web/dist. */
const bundled = ["@dagrejs/dagre", "@dagrejs/graphlib", "@lit/reactive-element", "diff", "lit", "lit-element", "lit-html", "marked"];
const compiled = ["nlohmann_json", "emscripten", "musl", "libc++", "libc++abi", "compiler-rt"];

describe("dependencies", () => {
  test("of the package: none, and tools of exact versions", async () => {
    const { dependencies, devDependencies, scripts } = JSON.parse(await read("web/package.json"));
    assert.equal(dependencies, undefined);
    for (const [name, version] of Object.entries(devDependencies)) assert.match(version, exact, name);
    assert.deepEqual(Object.keys(scripts).filter((name) => /install|prepare/.test(name)), []);
  });

  test("are locked by hash, and none of their scripts runs", async () => {
    const { "": _, ...others } = packages;
    for (const [path, { version, integrity, link }] of Object.entries(others)) {
      assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, path);
      assert.match(integrity, /^sha512-/, path);
      assert.ok(!link, path);
    }
    const bootstrap = await read("script/bootstrap");
    assert.match(bootstrap, /run_npm web-packages ci --ignore-scripts\)$/m);
    for (const [, version] of bootstrap.matchAll(/^\w+Version=(.*)$/gm)) assert.match(version, exact);
    for (const [, wanted] of bootstrap.matchAll(/ --no-save (.*) \|\|$/gm)) assert.match(wanted, /@\$\w+Version"/);
  });

  test("of C++ that are fetched are pinned by hash", async () => {
    const declared = (await read("cmake/dependencies.cmake")).match(/FetchContent_Declare\([^)]*\)/g);
    assert.ok(declared.length >= 2);
    for (const one of declared) assert.match(one, /URL_HASH SHA256=[0-9a-f]{64}\)$|SOURCE_DIR \/usr\/src\/googletest\)$/);
  });
});

describe("licences", () => {
  test("of what is compiled into the WebAssembly lie beside it", async () => {
    for (const name of ["latchkey.wasm", "engine.wasm"]) {
      const text = await read(`web/dist/${name}.LEGAL.txt`);
      for (const part of ["nlohmann_json", "Emscripten, with its Embind and allocators", "musl", "libc++, libc++abi and compiler-rt"]) {
        assert.ok(text.includes(`${part}\n\n`), `${name}: ${part}`);
      }
      for (const words of [/Niels Lohmann/, /The Emscripten Authors/, /Rich Felker/, /Apache License/, /LLVM [Ee]xception/]) assert.match(text, words);
      assert.match(text, /Permission is hereby granted/);
    }
  });

  test("of Emscripten's glue lie beside the bundles that have it", async () => {
    for (const name of ["latchkey-chat.js", "engine.js", "cli.js"]) {
      assert.match(await read(`web/dist/${name}.LEGAL.txt`), /Emscripten\n\n[^]*The Emscripten Authors/);
    }
  });

  test("are all named in docs/dependencies.md", async () => {
    const text = (await read("docs/dependencies.md")).toLowerCase();
    const tools = Object.keys(JSON.parse(await read("web/package.json")).devDependencies);
    for (const name of [...compiled, ...bundled, ...tools]) assert.ok(text.includes(name.toLowerCase()), name);
  });
});

describe("the bill of materials", () => {
  const make = () => execFileSync("npm", ["--prefix", join(root, "web"), "run", "--silent", "sbom"], { stdio: ["ignore", "pipe", "ignore"] });

  test("is CycloneDX with all that is shipped, in its exact version, with its licence", async () => {
    make();
    const text = await read("web/dist/sbom.json");
    const { bomFormat, specVersion, components, dependencies, metadata } = JSON.parse(text);
    assert.equal(bomFormat, "CycloneDX");
    assert.match(specVersion, /^1\.[5-9]$/);
    assert.equal(metadata.component.purl, "pkg:npm/latchkey@0.1.0");
    const shipped = components.filter(({ scope }) => scope === "required");
    assert.deepEqual(shipped.map(({ name }) => name).sort(), [...bundled, ...compiled].sort());
    for (const { name, version, licenses, purl } of shipped) {
      assert.match(version, exact, name);
      assert.ok(purl.endsWith(`@${version}`), purl);
      assert.ok(licenses[0].license?.id ?? licenses[0].expression, name);
      if (bundled.includes(name)) assert.equal(version, packages[`node_modules/${name}`].version);
    }
    const refs = new Set(components.map((component) => component["bom-ref"]));
    for (const { ref, dependsOn } of dependencies) {
      assert.ok(refs.has(ref) || ref === metadata.component["bom-ref"], ref);
      for (const one of dependsOn) assert.ok(refs.has(one), one);
    }
  });

  test("is the same each time, and tells nothing of the machine", async () => {
    const first = await read("web/dist/sbom.json");
    make();
    assert.equal(await read("web/dist/sbom.json"), first);
    assert.doesNotMatch(first, /timestamp|serialNumber/);
    assert.ok(!first.includes(root));
  });
});
