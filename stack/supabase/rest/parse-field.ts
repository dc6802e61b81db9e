import type { Cursor } from "./parse-cursor";
import type { Field, JsonStep } from "./syntax";

const ARROW = /->>?/y;
const INDEX = /-?\d+(?![\p{L}\p{N}_ $])/uy;
const MAX_INDEX = 2 ** 31 - 1; // an array index is an int4 to Postgres
const MAX_STEPS = 32;

/** `meta->nested->>0` */
export function parseField(cursor: Cursor): Field {
  return { name: cursor.takeName(), path: parseJsonPath(cursor) };
}

export function parseJsonPath(cursor: Cursor): JsonStep[] {
  const path: JsonStep[] = [];
  for (;;) {
    const arrow = cursor.match(ARROW)?.[0];
    if (!arrow) return path;
    if (path.length === MAX_STEPS) return cursor.fail(`more than ${MAX_STEPS} steps into JSON`);
    path.push({ arrow: arrow === "->>" ? "->>" : "->", key: parseKey(cursor) });
  }
}

function parseKey(cursor: Cursor): string | number {
  const index = cursor.match(INDEX)?.[0];
  if (index === undefined) return cursor.takeName();
  const position = Number(index);
  return Math.abs(position) <= MAX_INDEX ? position : cursor.fail("array index out of range");
}
