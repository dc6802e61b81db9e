import { FUNCTIONS, METHODS } from "./functions";
import { MACROS } from "./macros";
import { parse } from "./parser";
import type { BinaryOperator, Node } from "./syntax";
import { areEqual, asText, compare, isRecord, isTruthy, isUnknown, member, UNKNOWN } from "./values";

export type Scope = Readonly<Record<string, unknown>>;

const parsed = new Map<string, Node>();
const MAX_PARSED = 5_000;

/** Parses once and remembers; expressions come from a handful of function configurations. */
export function compile(source: string): Node {
  const known = parsed.get(source);
  if (known) return known;
  if (parsed.size >= MAX_PARSED) parsed.clear();
  const node = parse(source);
  parsed.set(source, node);
  return node;
}

/**
 * Evaluates a CEL expression the lenient way Inngest does: a missing path is unknown rather than an error,
 * and an unknown result is `false`. @throws {CelSyntaxError}
 */
export function evaluate(source: string, scope: Scope): unknown {
  const value = evaluateNode(compile(source), scope);
  return isUnknown(value) ? false : value;
}

/** Whether a condition holds: only `true` does. @throws {CelSyntaxError} */
export function holds(source: string, scope: Scope): boolean {
  return evaluate(source, scope) === true;
}

export function evaluateNode(node: Node, scope: Scope): unknown {
  switch (node.type) {
    case "literal":
      return node.value;
    case "name":
      return member(scope, node.name);
    case "member":
      return member(evaluateNode(node.object, scope), node.name);
    case "index":
      return member(evaluateNode(node.object, scope), evaluateNode(node.index, scope));
    case "list":
      return node.items.map((item) => evaluateNode(item, scope));
    case "map":
      return Object.fromEntries(
        node.entries.map(([key, value]) => [asText(evaluateNode(key, scope)), evaluateNode(value, scope)]),
      );
    case "not":
      return !isTruthy(evaluateNode(node.operand, scope));
    case "negate": {
      const value = evaluateNode(node.operand, scope);
      return typeof value === "number" ? -value : UNKNOWN;
    }
    case "choose":
      return evaluateNode(isTruthy(evaluateNode(node.test, scope)) ? node.yes : node.no, scope);
    case "call":
      return callFunction(node.name, node.args, scope);
    case "method":
      return callMethod(node.object, node.name, node.args, scope);
    case "binary":
      return combine(node.operator, node.left, node.right, scope);
  }
}

function callFunction(name: string, args: readonly Node[], scope: Scope): unknown {
  const values = args.map((arg) => evaluateNode(arg, scope));
  if (name === "has") return values.length > 0 && !isUnknown(values[0]);
  if (isUnknown(values[0]) && name !== "size") return false;
  return FUNCTIONS[name]?.(...values);
}

function callMethod(objectNode: Node, name: string, args: readonly Node[], scope: Scope): unknown {
  const object = evaluateNode(objectNode, scope);
  const macro = MACROS[name];
  if (macro) {
    const items = Array.isArray(object)
      ? (object as unknown[])
      : isRecord(object)
        ? Object.keys(object)
        : undefined;
    const [variable, body] = [args[0], args[args.length - 1]];
    if (!items || variable?.type !== "name" || !body) return false;
    return macro(items, (item) => evaluateNode(body, { ...scope, [variable.name]: item }));
  }
  if (isUnknown(object)) return name === "size" ? 0 : false;
  return METHODS[name]?.(object, ...args.map((arg) => evaluateNode(arg, scope)));
}

function combine(operator: BinaryOperator, leftNode: Node, rightNode: Node, scope: Scope): unknown {
  const left = evaluateNode(leftNode, scope);
  if (operator === "||") return isTruthy(left) ? left : evaluateNode(rightNode, scope);
  if (operator === "&&") return isTruthy(left) ? evaluateNode(rightNode, scope) : left;
  const right = evaluateNode(rightNode, scope);
  const unknown = isUnknown(left) || isUnknown(right);
  switch (operator) {
    // A missing attribute equals null and nothing else, not even another missing one.
    case "==":
      return unknown ? left === null || right === null : areEqual(left, right);
    case "!=":
      return unknown ? !(left === null || right === null) : !areEqual(left, right);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compare(operator, left, right);
    case "in":
      if (unknown) return false;
      return Array.isArray(right)
        ? right.some((item) => areEqual(item, left))
        : !isUnknown(member(right, left));
    case "+":
      return add(left, right);
    default:
      return calculate(operator, left, right);
  }
}

function add(left: unknown, right: unknown): unknown {
  if (isUnknown(left)) return isUnknown(right) ? false : right;
  if (isUnknown(right)) return left;
  if (typeof left === "number" && typeof right === "number") return left + right;
  if (Array.isArray(left) && Array.isArray(right)) return [...(left as unknown[]), ...(right as unknown[])];
  if (left instanceof Date && typeof right === "number") return new Date(left.getTime() + right);
  return asText(left) + asText(right);
}

function calculate(operator: "-" | "*" | "/" | "%", left: unknown, right: unknown): unknown {
  if (left instanceof Date && typeof right === "number" && operator === "-")
    return new Date(left.getTime() - right);
  if (typeof left !== "number" || typeof right !== "number") return false;
  if (operator === "-") return left - right;
  if (operator === "*") return left * right;
  if (right === 0) return UNKNOWN;
  if (operator === "%") return left % right;
  return Number.isInteger(left) && Number.isInteger(right) ? Math.trunc(left / right) : left / right;
}
