/** A rule that stands in SQL and in TypeScript, why it must, and the test that fails when the two drift apart. */
export interface Twin {
  readonly rule: string;
  readonly sql: string;
  readonly typescript: string;
  readonly why: string;
  readonly heldBy: string;
}

export const TWINS: readonly Twin[] = [
  {
    rule: "the version of an agent definition",
    sql: "definition_version (04-agents.sql)",
    typescript: "definitionVersion (lib/agents/definition-file.ts)",
    why: "A file on disk has a version before any database is asked; the database names what an operator saves, or a text could be filed under the version of another.",
    heldBy: "tests/db/definition-version.test.ts",
  },
];
