/** `name: { ... }`, one entry a line; an empty one as the CLI prints it. */
export function writeBlock(name: string, entries: readonly string[]): string {
  const lines = entries.length > 0 ? entries : ["[_ in never]: never"];
  return `${name}: {\n${lines.join("\n").replace(/^/gm, "  ")}\n}`;
}

/** A property name, quoted when it has to be. */
export function writeKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** Sorts by code unit, so the order is the same on every machine. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
