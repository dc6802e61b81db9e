/** Every merge tag a mail may use, and what it stands for. */
export const MERGE_TAGS = {
  first_name: "the contact's first name",
  full_name: "the contact's full name",
  company: "the owner company",
  property_address: "the property's street address",
  property_city: "the property's city",
  property_type: "the property's type, in lower case",
  building_sf: "the building's size in square feet, with separators",
  buyer_name: "the buyer this search is for",
  sender_name: "who signs, from Settings",
  desk_name: "the desk's name, from Settings",
  postal_address: "the desk's postal address, from Settings",
} as const;

type MergeTag = keyof typeof MERGE_TAGS;
export type MergeValues = Readonly<Partial<Record<MergeTag, string>>>;

/** Tags a text may use, each with what it stands for. */
export type Tags = Readonly<Record<string, string>>;

/** The known tag closest to a mistyped one, when one is close enough to be meant. */
export function suggestTag(name: string, tags: Tags = MERGE_TAGS): string | undefined {
  const wanted = name.toLowerCase().replace(/[^a-z]/g, "");
  let best: { tag: string; distance: number } | undefined;
  for (const tag of Object.keys(tags)) {
    const distance = editDistance(wanted, tag.replaceAll("_", ""));
    if (!best || distance < best.distance) best = { tag, distance };
  }
  return best && best.distance <= Math.max(2, wanted.length / 3) ? best.tag : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
