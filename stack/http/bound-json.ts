/** Deeper than anything that means something; Postgres and `JSON.stringify` go down by recursion. */
export const MAX_JSON_DEPTH = 100;
/** Objects, lists and their items. Ten thousand rows of forty columns fit. */
export const MAX_JSON_NODES = 500_000;

/** A text in JSON that is deeper or larger than is taken; the message says which bound it passes. */
export class JsonBoundError extends Error {
  override name = "JsonBoundError";
}

/**
 * Counts before anything is built of the text, whether or not it is JSON.
 * @throws {JsonBoundError}
 */
export function refuseDeepJson(text: string, maxNodes = MAX_JSON_NODES): void {
  let depth = 0;
  let nodes = 1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = skipString(text, at);
    else if (char === OPEN_LIST || char === OPEN_OBJECT) {
      depth += 1;
      nodes += 1;
      if (depth > MAX_JSON_DEPTH)
        throw new JsonBoundError(`The JSON is nested more than ${MAX_JSON_DEPTH} levels deep`);
    } else if (char === CLOSE_LIST || char === CLOSE_OBJECT) depth -= 1;
    else if (char === COMMA) nodes += 1;
  }
  if (nodes > maxNodes) throw new JsonBoundError(`The JSON has more than ${maxNodes} values`);
}

const [QUOTE, COMMA, BACKSLASH] = [34, 44, 92];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/** Where the string that begins here ends. */
function skipString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}
