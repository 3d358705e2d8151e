/**
 * What every JavaScript host has and the language's own library does not declare. tsconfig.core.json checks the
 * headless files against this instead of the DOM, so that naming a page, a clock or a network there is an error.
 */
interface AbortSignal {
  readonly aborted: boolean;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
