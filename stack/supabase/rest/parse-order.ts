import { Cursor } from "./parse-cursor";
import { parseField } from "./parse-field";
import type { OrderTerm } from "./syntax";

/** `order=score.desc.nullslast,author(name)` */
export function parseOrder(text: string): OrderTerm[] {
  const cursor = new Cursor(text, "order");
  const terms = cursor.takeList(() => parseTerm(cursor));
  cursor.expectEnd();
  return terms;
}

function parseTerm(cursor: Cursor): OrderTerm {
  cursor.match(/\s*/y);
  const relation = cursor.attempt(() => {
    const name = cursor.takeName();
    return cursor.take("(") ? name : undefined;
  });
  const field = parseField(cursor);
  if (relation !== undefined) cursor.expect(")");
  const direction = cursor.match(/\.(asc|desc)(?![a-z])/y)?.[1] === "desc" ? "DESC" : "ASC";
  const nulls = cursor.match(/\.nulls(first|last)/y)?.[1];
  return {
    field,
    direction,
    ...(relation !== undefined && { relation }),
    ...(nulls && { nulls: nulls === "first" ? ("FIRST" as const) : ("LAST" as const) }),
  };
}
