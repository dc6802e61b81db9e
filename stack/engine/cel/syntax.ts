export type BinaryOperator =
  | "||"
  | "&&"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%";

/** A parsed CEL expression. */
export type Node =
  | { readonly type: "literal"; readonly value: unknown }
  | { readonly type: "name"; readonly name: string }
  | { readonly type: "member"; readonly object: Node; readonly name: string }
  | { readonly type: "index"; readonly object: Node; readonly index: Node }
  | { readonly type: "list"; readonly items: readonly Node[] }
  | { readonly type: "map"; readonly entries: readonly (readonly [Node, Node])[] }
  | { readonly type: "call"; readonly name: string; readonly args: readonly Node[] }
  | { readonly type: "method"; readonly object: Node; readonly name: string; readonly args: readonly Node[] }
  | { readonly type: "not"; readonly operand: Node }
  | { readonly type: "negate"; readonly operand: Node }
  | { readonly type: "choose"; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly type: "binary"; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node };
