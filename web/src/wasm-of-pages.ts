/** In place of wasm.ts: in pages the engine gets its code as bytes that were compared with what they have to be. */
import type { WasmModule } from "./wasm.js";

export const moduleOf = async (source: BufferSource | WasmModule): Promise<WasmModule> =>
  "byteLength" in source ? WebAssembly.compile(source) : source;
