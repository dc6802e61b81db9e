import { MAX_CELL_CHARS } from "@/lib/files/limits";
import { cutText } from "@/lib/files/text-limits";
import { zoneOfPlace } from "@/lib/schedule/zones";
import { FIELD_NAMES, type ImportField, type Mapping } from "./columns";
import { readAmount, readEmail, readPhone, readText, readYear, readZip } from "./read-values";
import type { SkipReason } from "./reason-words";

const TITLES = /^(mr|mrs|ms|miss|mx|dr|prof|hon)\.?\s+/i;
const SUFFIX = /^(jr|sr|ii|iii|iv|esq|cpa|mba|phd|md|cfa|ccim)\.?$/i;

interface Person {
  readonly fullName: string;
  /** What a mail says hello with; empty when it is not known */
  readonly firstName: string;
}

/** A person's name from one cell ("Smith, John Jr.", "Dr. Ann Lee") or from two. Null when there is none. */
function readPerson(name: string, first: string, last: string): Person | null {
  const [given, family, whole] = [tidy(first), tidy(last), tidy(name)];
  if (given || family)
    return { fullName: whole && !given ? whole : tidy(`${given} ${family}`), firstName: given };
  if (!whole) return null;
  const plain = turnAround(whole.replace(TITLES, ""));
  const [firstWord = ""] = plain.split(" ");
  // "J. Smith" is no first name to greet with.
  return { fullName: plain, firstName: /^\p{L}\.?$/u.test(firstWord) ? "" : firstWord };
}

function turnAround(name: string): string {
  const [before = "", after = "", ...more] = name.split(",").map(tidy);
  if (!after || more.length > 0 || SUFFIX.test(after)) return name;
  return `${after} ${before}`;
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

const NAMES =
  "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,PR Puerto Rico,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,VI Virgin Islands,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming";

const CODES = new Map(NAMES.split(",").map((entry) => [entry.slice(3).toLowerCase(), entry.slice(0, 2)]));

/** A state by its two letters, whether it was written so or in full; what is neither stays as it is. */
function stateCode(text: string): string {
  const written = text.trim();
  if (/^[a-z]{2}$/i.test(written)) return written.toUpperCase();
  return CODES.get(written.toLowerCase().replaceAll(/\s+/g, " ")) ?? written;
}

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
