/** What wasm2js makes of latchkey.wasm (its form for Emscripten): gives the module's exports. */
export function instantiate(imports: Record<string, unknown>): Record<string, unknown>;
