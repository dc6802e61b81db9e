/** The syntax tree of one REST request: what `parse-*.ts` produces and `sql-*.ts` consumes. No SQL, no HTTP. */

/** A column, optionally walked into: `meta->a->>0` is name `meta`, path `->a`, `->>0`. */
export interface Field {
  readonly name: string;
  readonly path: readonly JsonStep[];
}
export interface JsonStep {
  readonly arrow: "->" | "->>";
  readonly key: string | number;
}

export type SelectItem =
  | { readonly kind: "star" }
  /** `called` tells `count()` from the bare word, which may also be a column of that name. */
  | { readonly kind: "count"; readonly alias: string; readonly called: boolean }
  | { readonly kind: "column"; readonly field: Field; readonly alias?: string; readonly cast?: string }
  | Embed;

/** Rows of a related table: `alias:target!hint!inner(select)`, or spread into the parent with `...target(select)`. */
export interface Embed {
  readonly kind: "embed";
  readonly target: string;
  readonly alias?: string;
  readonly hint?: string;
  readonly inner: boolean;
  readonly spread: boolean;
  readonly select: readonly SelectItem[];
}

export type Condition =
  | {
      readonly kind: "logic";
      readonly operator: "AND" | "OR";
      readonly negated: boolean;
      readonly items: readonly Condition[];
    }
  | { readonly kind: "filter"; readonly field: Field; readonly negated: boolean; readonly test: Test };

export type Test =
  | {
      readonly kind: "compare";
      readonly operator: string;
      readonly value: string;
      readonly quantifier?: "ANY" | "ALL";
    }
  | { readonly kind: "in"; readonly values: readonly string[] }
  | { readonly kind: "is"; readonly value: "NULL" | "NOT NULL" | "TRUE" | "FALSE" | "UNKNOWN" }
  | { readonly kind: "search"; readonly toQuery: string; readonly config?: string; readonly value: string };

export interface OrderTerm {
  readonly field: Field;
  /** Set for `relation(field)`: order the parent by a column of an embedded to-one row. */
  readonly relation?: string;
  readonly direction: "ASC" | "DESC";
  readonly nulls?: "FIRST" | "LAST";
}

/** What narrows and sorts one level of the answer: the root, or one embed. */
export interface Level {
  readonly conditions: Condition[];
  order: readonly OrderTerm[];
  limit?: number;
  offset?: number;
}

export interface Query {
  readonly select: readonly SelectItem[];
  readonly root: Level;
  /** Keyed by the dotted path of embeds, as written: `comments`, `comments.author`. */
  readonly embedded: ReadonlyMap<string, Level>;
  readonly onConflict?: readonly string[];
  readonly columns?: readonly string[];
  /** Arguments of a function called with GET. */
  readonly args: ReadonlyMap<string, string>;
}
