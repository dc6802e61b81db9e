import { isTruthy } from "./values";

type Each = (item: unknown) => unknown;

/** CEL's list macros; `each` evaluates the body with the loop variable bound to one item. */
export const MACROS: Readonly<Record<string, (items: readonly unknown[], each: Each) => unknown>> = {
  exists: (items, each) => items.some((item) => isTruthy(each(item))),
  all: (items, each) => items.every((item) => isTruthy(each(item))),
  exists_one: (items, each) => items.filter((item) => isTruthy(each(item))).length === 1,
  filter: (items, each) => items.filter((item) => isTruthy(each(item))),
  map: (items, each) => items.map(each),
};
