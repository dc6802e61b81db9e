import { CelSyntaxError } from "./errors";
import { FUNCTIONS, METHODS } from "./functions";
import { lex, type Token } from "./lexer";
import { MACROS } from "./macros";
import type { BinaryOperator, Node } from "./syntax";

const BINDING: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  in: 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
};
// Deeper nesting than any person writes; without a bound "((((…" overflows the stack.
const MAX_DEPTH = 200;

/** Parses one expression. @throws {CelSyntaxError} also for a function or method nobody defined. */
export function parse(source: string): Node {
  return new Parser(source).whole();
}

class Parser {
  readonly #tokens: Token[];
  #position = 0;
  #depth = 0;

  constructor(readonly source: string) {
    this.#tokens = lex(source);
  }

  whole(): Node {
    const node = this.#choice();
    if (this.#peek().kind !== "end") this.#refuse(this.#peek());
    return node;
  }

  #peek(): Token {
    return this.#tokens[this.#position] ?? { kind: "end", text: "the end", at: this.source.length };
  }

  #next(): Token {
    const token = this.#peek();
    this.#position += 1;
    return token;
  }

  #refuse(token: Token): never {
    throw new CelSyntaxError(this.source, token.at, `unexpected "${token.text}"`);
  }

  #accept(operator: string): boolean {
    const token = this.#peek();
    if (token.kind !== "operator" || token.text !== operator) return false;
    this.#position += 1;
    return true;
  }

  #expect(operator: string): void {
    if (!this.#accept(operator)) this.#refuse(this.#peek());
  }

  #choice(): Node {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#refuse(this.#peek());
    const test = this.#binary(1);
    let node = test;
    if (this.#accept("?")) {
      const yes = this.#choice();
      this.#expect(":");
      node = { type: "choose", test, yes, no: this.#choice() };
    }
    this.#depth -= 1;
    return node;
  }

  #binary(minimum: number): Node {
    let left = this.#unary();
    for (;;) {
      const token = this.#peek();
      const isOperator = token.kind === "operator" || (token.kind === "name" && token.text === "in");
      const binding = isOperator ? BINDING[token.text] : undefined;
      if (binding === undefined || binding < minimum) return left;
      this.#position += 1;
      left = {
        type: "binary",
        operator: token.text as BinaryOperator,
        left,
        right: this.#binary(binding + 1),
      };
    }
  }

  #unary(): Node {
    let nots = 0;
    if (this.#accept("-")) return { type: "negate", operand: this.#unary() };
    while (this.#accept("!")) nots += 1;
    let node = nots > 0 ? this.#unary() : this.#postfix();
    for (; nots > 0; nots -= 1) node = { type: "not", operand: node };
    return node;
  }

  #postfix(): Node {
    let node = this.#primary();
    for (;;) {
      if (this.#accept(".")) {
        const token = this.#next();
        if (token.kind !== "name") this.#refuse(token);
        if (!this.#accept("(")) {
          node = { type: "member", object: node, name: token.text };
          continue;
        }
        if (!Object.hasOwn(METHODS, token.text) && !Object.hasOwn(MACROS, token.text))
          throw new CelSyntaxError(this.source, token.at, `unknown method "${token.text}"`);
        node = { type: "method", object: node, name: token.text, args: this.#args(")") };
      } else if (this.#accept("[")) {
        const index = this.#choice();
        this.#expect("]");
        node = { type: "index", object: node, index };
      } else return node;
    }
  }

  #args(end: string): Node[] {
    const args: Node[] = [];
    while (!this.#accept(end)) {
      args.push(this.#choice());
      if (!this.#accept(",") && this.#peek().text !== end) this.#refuse(this.#peek());
    }
    return args;
  }

  #primary(): Node {
    const token = this.#next();
    if (token.kind === "string") return { type: "literal", value: token.text };
    if (token.kind === "number") return { type: "literal", value: Number(token.text) };
    if (token.kind === "name") return this.#named(token);
    if (token.kind === "operator") {
      if (token.text === "(") {
        const inner = this.#choice();
        this.#expect(")");
        return inner;
      }
      if (token.text === "[") return { type: "list", items: this.#args("]") };
      if (token.text === "{") return { type: "map", entries: this.#entries() };
      if (token.text === ".") {
        const name = this.#next();
        if (name.kind === "name") return this.#named(name);
      }
    }
    return this.#refuse(token);
  }

  #named(token: Token): Node {
    if (token.text === "true" || token.text === "false")
      return { type: "literal", value: token.text === "true" };
    if (token.text === "null") return { type: "literal", value: null };
    if (!this.#accept("(")) return { type: "name", name: token.text };
    if (token.text !== "has" && !Object.hasOwn(FUNCTIONS, token.text))
      throw new CelSyntaxError(this.source, token.at, `unknown function "${token.text}"`);
    return { type: "call", name: token.text, args: this.#args(")") };
  }

  #entries(): (readonly [Node, Node])[] {
    const entries: (readonly [Node, Node])[] = [];
    while (!this.#accept("}")) {
      const key = this.#choice();
      this.#expect(":");
      entries.push([key, this.#choice()]);
      if (!this.#accept(",") && this.#peek().text !== "}") this.#refuse(this.#peek());
    }
    return entries;
  }
}
