/** In place of wasm.ts: in pages the engine gets its code as bytes that were compared with what they have to be. */
import type { WasmModule } from "./wasm.js";

/** The engine's beginning and the bot's reading in one task would hold up the page. */
export { nextTask as pause } from "./timer.js";

export const moduleOf = async (source: BufferSource | WasmModule): Promise<WasmModule> =>
  "byteLength" in source ? WebAssembly.compile(source) : source;
