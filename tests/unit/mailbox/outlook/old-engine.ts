import vm from "node:vm";

/** Members JScript 5.x has; everything newer is taken away. */
const KEPT = {
  "Array.prototype":
    "constructor length concat join pop push reverse shift slice sort splice toString unshift",
  "String.prototype":
    "constructor length charAt charCodeAt concat indexOf lastIndexOf match replace search slice split substr substring toLowerCase toUpperCase toString valueOf",
  "Function.prototype": "constructor apply call toString",
  Array: "prototype length name",
  String: "prototype fromCharCode length name",
  Number: "prototype MAX_VALUE MIN_VALUE NaN length name",
  Object: "prototype length name",
  Date: "prototype UTC parse length name",
} as const;
const GONE = "JSON Map Set Promise Symbol Proxy Reflect WeakMap WeakSet globalThis Intl BigInt".split(" ");

/** A context with these globals and an engine as old as Windows Script Host's. */
export function oldEngine(globals: object): vm.Context {
  const context = vm.createContext(globals);
  for (const [name, kept] of Object.entries(KEPT)) {
    const names: readonly string[] = kept.split(" ");
    const owner = vm.runInContext(name, context) as object;
    for (const member of Object.getOwnPropertyNames(owner))
      if (!names.includes(member)) Reflect.deleteProperty(owner, member);
  }
  const global = vm.runInContext("this", context) as object;
  for (const name of GONE) Reflect.deleteProperty(global, name);
  return context;
}
