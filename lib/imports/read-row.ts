import { MAX_CELL_CHARS } from "@/lib/files/limits";
import { cutText } from "@/lib/files/text-limits";
import { zoneOfPlace } from "@/lib/schedule/zones";
import { FIELD_NAMES, type ImportField, type Mapping } from "./columns";
import { readPerson } from "./read-person";
import { readAmount, readEmail, readPhone, readText, readYear, readZip } from "./read-values";
import type { SkipReason } from "./reason-words";
import { stateCode } from "./us-states";

/** What a row says, in the shapes the market is stored in. Money is not among it; sizes are whole square feet. */
interface RowFacts {
  readonly address: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zip: string | null;
  readonly propertyType: string | null;
  readonly buildingSf: number | null;
  readonly landAcres: number | null;
  readonly yearBuilt: number | null;
  readonly costarPropertyId: number | null;
  readonly company: string | null;
  readonly companyAddress: string | null;
  readonly companyPhone: string | null;
  readonly contactName: string | null;
  readonly firstName: string | null;
  readonly title: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** IANA zone of the property's state */
  readonly timeZone: string | null;
}

export interface ReadRow {
  readonly facts: Partial<RowFacts>;
  /** Why nothing of the row can be used */
  readonly skip: SkipReason | null;
  /** Why its contact cannot be used, though its property can */
  readonly noContact: SkipReason | null;
  readonly detail: string | null;
  /** What was left empty or taken in part, as codes */
  readonly notes: readonly string[];
}

const MAX_INT = 2_147_483_647;

/** Reads one row under a mapping. @param columns where each field's column is, from `findColumns`. */
export function readRow(cells: readonly string[], columns: Columns): ReadRow {
  const long = cells.findIndex((cell) => cell.length > MAX_CELL_CHARS);
  if (long >= 0)
    return unusable(
      "long_cell",
      `column ${long + 1} has ${cells[long]?.length.toLocaleString("en-US")} characters`,
    );
  const cell = (field: ImportField) => cells[columns[field] ?? -1];
  const notes: string[] = [];
  const number = (field: ImportField, read: typeof readAmount, max = MAX_INT): number | null => {
    const value = read(cell(field));
    if (value === undefined || (value !== null && value > max)) notes.push(`odd_${field}`);
    return value === undefined || value === null || value > max ? null : value;
  };
  const address = readText(cell("address"));
  const state = stateCode(readText(cell("state"), 40) ?? "") || null;
  const mail = readEmail(cell("email"));
  const company = readText(cell("company"), 200);
  const person = readPerson(cell("contactName") ?? "", cell("firstName") ?? "", cell("lastName") ?? "");
  if (mail.email !== null && mail.more) notes.push("several_emails");
  if (mail.email !== null && !person) notes.push("no_name");
  const facts: RowFacts = {
    address,
    city: readText(cell("city"), 100),
    state,
    zip: readZip(cell("zip")),
    propertyType: readText(cell("propertyType"), 80),
    buildingSf: whole(number("buildingSf", readAmount)),
    landAcres: number("landAcres", readAmount, 99_999_999),
    yearBuilt: number("yearBuilt", readYear),
    costarPropertyId: whole(number("costarPropertyId", readAmount, Number.MAX_SAFE_INTEGER)),
    company,
    companyAddress: readText(cell("companyAddress")),
    companyPhone: readPhone(cell("companyPhone")),
    contactName:
      mail.email === null ? (person?.fullName ?? null) : person ? cutText(person.fullName, 200) : mail.email,
    firstName: cutText(person?.firstName ?? "", 80) || null,
    title: readText(cell("title"), 120),
    email: mail.email,
    phone: readPhone(cell("phone")),
    timeZone: zoneOfPlace({ state, zip: readZip(cell("zip")) }) ?? null,
  };
  if (!address) return { facts, skip: "no_address", noContact: null, detail: null, notes };
  if (mail.email !== null) return { facts, skip: null, noContact: null, detail: null, notes };
  const noContact = mail.written === null ? "no_email" : "bad_email";
  return {
    facts,
    skip: null,
    noContact,
    detail: mail.written === null ? null : cutText(mail.written, 120),
    notes,
  };
}

export type Columns = Readonly<Partial<Record<ImportField, number>>>;

/** Where each mapped column stands. */
export function findColumns(mapping: Mapping, labels: readonly string[]): Columns {
  return Object.fromEntries(
    FIELD_NAMES.flatMap((field) => {
      const at = labels.indexOf(mapping[field] ?? "");
      return at >= 0 ? [[field, at]] : [];
    }),
  );
}

export function unusable(skip: SkipReason, detail: string | null): ReadRow {
  return { facts: {}, skip, noContact: null, detail, notes: [] };
}

function whole(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
