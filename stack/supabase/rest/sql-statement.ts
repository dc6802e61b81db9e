import { refuseAnonymous } from "./api-error";
import type { Catalog, Privilege, Table } from "./sql-catalog";
import type { Query } from "./syntax";

/** A statement being written: its parameters so far, and fresh names for its parts. */
export class Statement {
  readonly params: Array<string | null> = [];
  private names = 0;

  constructor(
    readonly catalog: Catalog,
    readonly query: Query,
    /** Rows any level of the answer may have; undefined for the rows a write returns. */
    readonly maxRows: number | undefined,
    readonly isAnonymous: boolean,
  ) {}

  /**
   * Nobody who is not signed in costs the database a statement for what they have no right to. (Everything else of rights is
   * Postgres' own to judge.)
   * @throws {ApiError} 401, as Postgres would have refused it.
   */
  refuseAnonymous(table: Table, privilege: Privilege): void {
    if (this.isAnonymous && !table.anonymous.includes(privilege))
      throw refuseAnonymous(`table ${table.name}`);
  }

  /** Adds a value and returns its place, `$n`. Postgres infers its type. */
  param(value: string | null): string {
    this.params.push(value);
    return `$${this.params.length}`;
  }

  newName(prefix: string): string {
    return `_${prefix}${++this.names}`;
  }
}

/** How the answer is gathered from the rows. */
export interface Shape {
  readonly single: boolean;
  readonly count: boolean;
}

/**
 * Turns a `select` into the one row the server reads back: `body` (JSON text), `n` (rows in it), `total`
 * (rows without paging, when asked), `affected` (rows a write touched).
 */
export function gatherRows(
  select: string,
  {
    single,
    total = "null",
    affected = "null",
    before = "",
  }: {
    readonly single: boolean;
    readonly total?: string;
    readonly affected?: string;
    readonly before?: string;
  },
): string {
  const body = single ? "coalesce(json_agg(_s) -> 0, 'null')" : "coalesce(json_agg(_s), '[]')";
  return `${before}SELECT ${body}::text AS body, count(*)::int AS n, ${total}::int AS total, ${affected}::int AS affected FROM (${select}) _s`;
}
