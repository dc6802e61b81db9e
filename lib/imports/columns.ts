/** What a column of an export can mean, in the order a person maps them, with the names CoStar and desks use for it. */
export const IMPORT_FIELDS = {
  address: {
    label: "Property address",
    needed: true,
    names: [
      "property address",
      "address",
      "building address",
      "street address",
      "property street address",
      "site address",
    ],
  },
  city: { label: "City", needed: false, names: ["city", "property city"] },
  state: { label: "State", needed: false, names: ["state", "property state", "state code", "st"] },
  zip: {
    label: "ZIP",
    needed: false,
    names: ["zip", "zip code", "property zip", "postal code", "property zip code"],
  },
  propertyType: {
    label: "Property type",
    needed: false,
    names: ["property type", "type", "primary property type"],
  },
  buildingSf: {
    label: "Building size (SF)",
    needed: false,
    names: [
      "rba",
      "building size",
      "building sf",
      "building size sf",
      "gla",
      "rentable building area",
      "size sf",
      "bldg sf",
    ],
  },
  landAcres: {
    label: "Land (acres)",
    needed: false,
    names: ["land area ac", "land ac", "land area acres", "acres", "lot size acres", "land acres"],
  },
  yearBuilt: { label: "Year built", needed: false, names: ["year built", "built", "yr built"] },
  costarPropertyId: {
    label: "CoStar property ID",
    needed: false,
    names: ["propertyid", "property id", "costar property id", "costar id"],
  },
  company: {
    label: "Owner company",
    needed: false,
    names: [
      "true owner name",
      "owner name",
      "true owner",
      "owner company",
      "company",
      "company name",
      "recorded owner name",
      "owner",
    ],
  },
  companyAddress: {
    label: "Owner address",
    needed: false,
    names: [
      "true owner address",
      "owner address",
      "company address",
      "recorded owner address",
      "mailing address",
    ],
  },
  companyPhone: {
    label: "Owner phone",
    needed: false,
    names: ["true owner phone", "owner phone", "company phone", "recorded owner phone"],
  },
  contactName: {
    label: "Contact name",
    needed: false,
    names: [
      "true owner contact",
      "owner contact",
      "contact name",
      "contact",
      "full name",
      "name",
      "recorded owner contact",
    ],
  },
  firstName: {
    label: "First name",
    needed: false,
    names: ["first name", "contact first name", "firstname", "given name"],
  },
  lastName: {
    label: "Last name",
    needed: false,
    names: ["last name", "contact last name", "lastname", "surname"],
  },
  title: { label: "Job title", needed: false, names: ["title", "job title", "contact title", "position"] },
  email: {
    label: "E-mail",
    needed: true,
    names: [
      "email",
      "e mail",
      "email address",
      "e mail address",
      "contact email",
      "true owner contact email",
      "owner contact email",
      "owner email",
      "true owner email",
    ],
  },
  phone: {
    label: "Contact phone",
    needed: false,
    names: [
      "phone",
      "contact phone",
      "phone number",
      "direct phone",
      "mobile",
      "mobile phone",
      "true owner contact phone",
    ],
  },
} as const;

export type ImportField = keyof typeof IMPORT_FIELDS;
export const FIELD_NAMES = Object.keys(IMPORT_FIELDS) as ImportField[];

/** Which column a field is read from, by the column's label. */
export type Mapping = Readonly<Partial<Record<ImportField, string>>>;

/** A field's name for a person. */
export function sayField(field: string): string {
  return field in IMPORT_FIELDS ? IMPORT_FIELDS[field as ImportField].label : field;
}

/** A header as it is compared: "Land Area (AC)" is "land area ac". */
export function headerKey(header: string): string {
  return header
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();
}

/** The field a header names, or null. */
export function fieldOfHeader(header: string): ImportField | null {
  const key = headerKey(header);
  return FIELD_NAMES.find((field) => (IMPORT_FIELDS[field].names as readonly string[]).includes(key)) ?? null;
}

/** What an export's columns most likely mean. Where several could be a field, the name listed first wins. */
export function guessMapping(labels: readonly string[]): Mapping {
  const keys = labels.map(headerKey);
  const entries = FIELD_NAMES.flatMap((field): [ImportField, string][] => {
    for (const name of IMPORT_FIELDS[field].names) {
      const label = labels[keys.indexOf(name)];
      if (label !== undefined) return [[field, label]];
    }
    return [];
  });
  return Object.fromEntries(entries);
}

/** A remembered mapping, as far as the columns are still there. */
export function keepKnown(mapping: Mapping, labels: readonly string[]): Mapping {
  return Object.fromEntries(Object.entries(mapping).filter(([, label]) => labels.includes(label)));
}

/** The fields a row cannot do without that no column is named for. */
export function missingFields(mapping: Mapping): ImportField[] {
  return FIELD_NAMES.filter((field) => IMPORT_FIELDS[field].needed && mapping[field] === undefined);
}
