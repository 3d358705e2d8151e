/** What the command line ends with. */
export const exitStatus = { good: 0, bad: 1, unusable: 2, fault: 70 } as const;

/** The command cannot do what it was asked for, and says why in one plain sentence. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
