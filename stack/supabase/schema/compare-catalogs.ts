import type { Catalog } from "./read-catalog";

/**
 * What two catalogs do not share, one sentence each, by name; nothing when they are equal.
 * @param names how the two are called in the sentences, for example ["the migrations", "the schemas"].
 */
export function compareCatalogs(one: Catalog, other: Catalog, [first, second]: [string, string]): string[] {
  const names = [...new Set([...one.keys(), ...other.keys()])].sort();
  return names.flatMap((name) => {
    const [mine, theirs] = [one.get(name), other.get(name)];
    if (mine === theirs) return [];
    if (mine === undefined) return [`${name}: only in ${second}`];
    if (theirs === undefined) return [`${name}: only in ${first}`];
    const [here, there] = firstDifference(mine, theirs);
    return [`${name}: ${first} say "${here}", ${second} say "${there}"`];
  });
}

function firstDifference(mine: string, theirs: string): [string, string] {
  const [here, there] = [mine.split("\n"), theirs.split("\n")];
  const line = here.findIndex((text, index) => text !== there[index]);
  const at = line < 0 ? here.length : line;
  return [(here[at] ?? "").trim(), (there[at] ?? "").trim()];
}
