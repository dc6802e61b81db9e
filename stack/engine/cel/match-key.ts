import { compile, evaluateNode, type Scope } from "./evaluate";
import type { Node } from "./syntax";
import { member } from "./values";

/** An equality every match must satisfy: the incoming event has `value` (as JSON) at `path`. */
export interface MatchKey {
  readonly path: string;
  readonly value: string;
}

/**
 * Finds an `async.<path> == <known value>` among the conditions an expression joins with `&&`. A wait is filed under it,
 * so that an event meets only the waits that can match instead of every wait for its name.
 */
export function findMatchKey(expression: string, event: unknown): MatchKey | undefined {
  for (const condition of conjuncts(compile(expression))) {
    if (condition.type !== "binary" || condition.operator !== "==") continue;
    const key =
      keyOf(condition.left, condition.right, { event }) ?? keyOf(condition.right, condition.left, { event });
    if (key) return key;
  }
  return undefined;
}

/** The JSON text under which a waiting key would be filed for this event, or `undefined` when it cannot match one. */
export function readMatchValue(path: string, event: unknown): string | undefined {
  let value = event;
  for (const name of path.split(".")) value = member(value, name);
  return isScalar(value) ? JSON.stringify(value) : undefined;
}

function conjuncts(node: Node): Node[] {
  return node.type === "binary" && node.operator === "&&"
    ? [...conjuncts(node.left), ...conjuncts(node.right)]
    : [node];
}

function keyOf(side: Node, other: Node, scope: Scope): MatchKey | undefined {
  const path = asyncPath(side);
  if (path === undefined || !isKnownWhenWaiting(other)) return undefined;
  const value = evaluateNode(other, scope);
  return isScalar(value) ? { path, value: JSON.stringify(value) } : undefined;
}

function asyncPath(node: Node): string | undefined {
  const names: string[] = [];
  let at = node;
  while (at.type === "member") {
    names.unshift(at.name);
    at = at.object;
  }
  return at.type === "name" && at.name === "async" && names.length > 0 ? names.join(".") : undefined;
}

function isKnownWhenWaiting(node: Node): boolean {
  let at = node;
  while (at.type === "member") at = at.object;
  return at.type === "literal" || (at.type === "name" && at.name === "event");
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
