/** Where the engine's compiled code comes from. In pages wasm-of-pages.ts stands in for this. */

/** The engine's compiled code: bytes, a response that streams them, or a module. */
export type WasmSource = BufferSource | Response | WasmModule;
/** A module, or what stands in for one where there is no WebAssembly. */
export type WasmModule = WebAssembly.Module | { instantiate(imports: WebAssembly.Imports): WebAssembly.Exports };

/** Between the engine's beginning and the reading of a bot nobody waits but who asked for both. */
export const pause = (): void => {};

let own: Promise<WasmModule> | undefined;

/** The module; without a source, that of engine.wasm beside this file. */
export async function moduleOf(source: WasmSource | Promise<WasmSource> | undefined): Promise<WasmModule> {
  return source === undefined ? (own ??= compile(ownWasm())) : compile(source);
}

/** engine.wasm beside this file, by fetch or, in Node, from the disk. */
async function ownWasm(): Promise<WasmSource> {
  const url = new URL("./engine.wasm", import.meta.url);
  if (url.protocol !== "file:") return fetch(url);
  const { readFile } = await import("node:fs/promises");
  return readFile(url);
}

async function compile(source: WasmSource | Promise<WasmSource>): Promise<WasmModule> {
  const wasm = await source;
  if ("instantiate" in wasm || wasm instanceof WebAssembly.Module) return wasm;
  // Bytes are known by what they have: to name Response makes Node load its fetch, which takes longer than all the rest.
  if ("byteLength" in wasm) return WebAssembly.compile(wasm);
  if (!wasm.ok) throw new Error(`${wasm.url} answered ${wasm.status}; put engine.wasm beside the script.`);
  // Streaming wants the type application/wasm, which some servers do not send.
  const streams = wasm.headers.get("content-type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(wasm) : WebAssembly.compile(await wasm.arrayBuffer());
}
