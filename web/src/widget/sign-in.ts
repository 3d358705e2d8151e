/** How long before its end a sign-in is said to end soon. */
const longestWarningMs = 2 * 60_000;

/** When to say that a sign-in that lasts from `since` to `until` ends soon: of a short one, in its last quarter. */
export function warningAt(since: number, until: number): number {
  return until - Math.min(longestWarningMs, (until - since) / 4 || longestWarningMs);
}

/** What is wholly hidden names nobody. */
export const namesSomebody = (subject: string | null): boolean => /[^•]/.test(subject ?? "");
