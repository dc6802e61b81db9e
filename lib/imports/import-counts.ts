import { z } from "zod";

const count = z.number().int().default(0);

/** What the rows of a checked import came to. The first five add up to its rows. */
export const countsSchema = z.object({
  create: z.number().int(),
  update: count,
  known: count,
  property_only: count,
  skip: count,
  newProperties: count,
  knownProperties: count,
  newCompanies: count,
  /** Rows that say something else than what is known */
  differing: count,
  /** Contacts that are saved and never mailed */
  notMailed: count,
  reasons: z.record(z.string(), z.number()).default({}),
});
export type ImportCounts = z.infer<typeof countsSchema>;

/**
 * What starting the import does, in a sentence, before the button.
 * @param replaced how many known values a person chose to replace by the file's.
 */
export function describeImport(counts: ImportCounts, replaced = 0): string {
  const contacts = [
    counts.create > 0 && `adds ${say(counts.create, "new contact")}`,
    counts.update > 0 && `fills blanks of ${say(counts.update, "known contact")}`,
    counts.known > 0 &&
      `takes ${say(counts.known, "known contact")} along${replaced > 0 ? "" : " unchanged"}`,
    replaced > 0 && `replaces ${say(replaced, "known value")} by the file's`,
  ].filter((part) => part !== false);
  const properties = counts.newProperties + counts.knownProperties;
  const found = `${say(properties, "property")} (${counts.newProperties.toLocaleString("en-US")} new)`;
  if (properties === 0) return "No row of this file can be imported.";
  if (countContacts(counts) === 0) return `Importing saves ${found}, and no contact: nobody could be mailed.`;
  return `Importing ${join(contacts)}, at ${found}. Nobody is mailed before you approve the campaign.`;
}

/** How many rows bring a contact the campaign could mail. */
export function countContacts(counts: ImportCounts): number {
  return counts.create + counts.update + counts.known;
}

function say(count: number, noun: string): string {
  const plural = noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}

function join(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
