/** A rule that stands in SQL and in TypeScript, why it must, and the test that fails when the two drift apart. */
export interface Twin {
  readonly rule: string;
  readonly sql: string;
  readonly typescript: string;
  readonly why: string;
  readonly heldBy: string;
}

export const TWINS: readonly Twin[] = [];
