const PAGE = 500;
/** Sorts before every contact. */
const NO_CONTACT = "00000000-0000-0000-0000-000000000000";

/**
 * Reads everything that is kept one row per contact, page behind page, so that no cap on rows leaves a contact out.
 * @param readPage reads up to `limit` rows behind a contact, in the order of their contacts.
 */
export async function readByContact<Row extends { readonly contactId: string }>(
  readPage: (after: string, limit: number) => Promise<Row[]>,
): Promise<Row[]> {
  const all: Row[] = [];
  for (;;) {
    const page = await readPage(all.at(-1)?.contactId ?? NO_CONTACT, PAGE);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}
