function escapeCharacter(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  return `\\u${(`0000${character.charCodeAt(0).toString(16)}`).slice(-4)}`;
}

/** A JSON string of ASCII characters only, so that no console code page can harm it. */
function quote(text: string): string {
  return `"${text.replace(/[^ !#-[\]-~]/g, escapeCharacter)}"`;
}

function isArray(value: object): value is Array<unknown> {
  return value instanceof Array;
}

/** Writes plain values as one line of ASCII JSON. What JSON has no word for becomes null. */
export function toJson(value: unknown): string {
  var parts: string[] = [];
  // A COM value that JScript cannot read has the type "unknown", which TypeScript does not know.
  if (value === null || value === undefined || String(typeof value) === "unknown") return "null";
  if (typeof value === "number") return isFinite(value) ? String(value) : "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value !== "object") return quote(String(value));
  if (isArray(value)) {
    for (var i = 0; i < value.length; i++) parts.push(toJson(value[i]));
    return `[${parts.join(",")}]`;
  }
  var fields = value as { [name: string]: unknown };
  for (var name in fields) parts.push(`${quote(name)}:${toJson(fields[name])}`);
  return `{${parts.join(",")}}`;
}

/**
 * Reads JSON. The engine has no JSON object: json2.js's check that nothing but JSON is there, then evaluation in a scope
 * of its own. `\x2f` is a slash: a bare one inside a class ends the expression for this engine.
 */
export function fromJson(text: string): unknown {
  var skeleton = text
    .replace(/\\(?:["\\\x2fbfnrt]|u[0-9a-fA-F]{4})/g, "@")
    .replace(/"[^"\\\n\r]*"|true|false|null|-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/g, "]")
    .replace(/(?:^|:|,)(?:\s*\[)+/g, "");
  if (!/^[\],:{}\s]*$/.test(skeleton)) throw new Error("the request is not JSON");
  return new Function(`return (${text})`)();
}
