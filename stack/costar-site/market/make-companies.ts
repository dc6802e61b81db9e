import type { MarketArea } from "./market-areas";
import type { MarketCompany, MarketContact } from "./market-types";
import type { RandomStream } from "./random";
import {
  BUSINESS_WORDS,
  FIRST_NAMES,
  LAST_NAMES,
  LEGAL_FORMS,
  PLACE_WORDS,
  STREET_KINDS,
  STREET_NAMES,
  TITLES,
} from "./words";

const CONTACT_COUNTS = [
  [0, 13],
  [1, 40],
  [2, 32],
  [3, 15],
] as const;
const EMAIL_SHARE = 0.88;
const INDIVIDUAL = 3;
const TRUST = 17;

/** Makes companies one after another; names, mail domains, ids and addresses never repeat. */
export function companyMaker(random: RandomStream) {
  const names = new Set<string>();
  const emails = new Set<string>();
  let companyId = 1_000_000;
  let personId = 5_000_000;

  function uniqueName(ownerType: number, person: string): string {
    for (let attempt = 0; ; attempt += 1) {
      const name = companyName(random, ownerType, person, attempt);
      if (names.has(domainOf(name))) continue;
      names.add(domainOf(name));
      return name;
    }
  }

  function uniqueEmail(person: string, domain: string): string {
    const local = person.toLowerCase().replaceAll(" ", ".");
    for (let copy = 1; ; copy += 1) {
      const email = `${local}${copy === 1 ? "" : copy}@${domain}`;
      if (emails.has(email)) continue;
      emails.add(email);
      return email;
    }
  }

  return (ownerType: number, home: MarketArea): MarketCompany => {
    const person = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`;
    const name = uniqueName(ownerType, person);
    // Private people write from a mail provider, companies from a domain of their own; .example never resolves.
    const domain = ownerType === INDIVIDUAL ? "owners-mail.example" : `${domainOf(name)}.example`;
    const count = ownerType === INDIVIDUAL ? Number(random.chance(0.9)) : random.weighted(CONTACT_COUNTS);
    const contacts: MarketContact[] = Array.from({ length: count }, (_, index) => {
      const full =
        index === 0 && (ownerType === INDIVIDUAL || ownerType === TRUST)
          ? person
          : `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`;
      personId += random.integer(1, 9);
      return {
        personId,
        name: full,
        title: ownerType === INDIVIDUAL ? "Owner" : ownerType === TRUST ? "Trustee" : random.pick(TITLES),
        email: random.chance(EMAIL_SHARE) ? uniqueEmail(full, domain) : null,
        phoneNumbers: random.chance(0.8) ? [phone(random, home)] : [],
      };
    });
    companyId += random.integer(1, 40);
    return {
      companyId,
      name,
      ownerType,
      address: officeAddress(random, home),
      phoneNumbers: random.chance(0.85) ? [phone(random, home)] : [],
      contacts,
    };
  };
}

function companyName(random: RandomStream, ownerType: number, person: string, attempt: number): string {
  const last = person.split(" ")[1] ?? person;
  // Later attempts take longer names, so that a name is found however many companies there are.
  const extra = attempt < 3 ? "" : `${random.pick(PLACE_WORDS)} `;
  const place = `${extra}${random.pick(PLACE_WORDS)}`;
  switch (ownerType) {
    case INDIVIDUAL:
      return attempt === 0
        ? person
        : `${person.replace(" ", ` ${random.pick([..."ABCDEFGHJKLMNPRSTVW"])}. `)}`;
    case TRUST:
      return `${extra}${last} ${random.pick(["Family", "Living", "Irrevocable", "Legacy"])} Trust`;
    case 2:
    case 19:
      return `${place} ${random.pick(["Realty", "Property", "Industrial", "Office"])} ${random.pick(["Trust", "REIT"])}`;
    case 4:
      return `${place} ${random.pick(["City", "County", "District"])} ${random.pick(["Authority", "Agency", "Commission"])}`;
    case 5:
      return `${place} ${random.pick(["Bank", "National Bank", "Savings Bank"])}`;
    case 8:
      return `${place} ${random.pick(["Life", "Mutual", "Insurance"])} Company`;
    case 7:
      return `${place} ${random.pick(["Teachers", "Employees", "Carpenters", "Public"])} Retirement Fund`;
    case 24:
      return `${random.pick(["First", "Grace", "St. Mark's", "Trinity"])} ${place} Church`;
    case 22:
      return `${place} ${random.pick(["College", "University", "Academy"])}`;
    case 25:
      return `${place} ${random.pick(["Medical Group", "Health Partners", "Clinic"])}`;
    default: {
      const second = random.pick(PLACE_WORDS.filter((word) => !place.includes(word)));
      const head = random.chance(0.35) ? `${extra}${last}` : `${place} ${second}`;
      return `${head} ${random.pick(BUSINESS_WORDS)} ${random.pick(LEGAL_FORMS)}`.trim();
    }
  }
}

function domainOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/'/g, "")
    .replace(/ (llc|lp|inc\.|co\.|& sons)$/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function officeAddress(random: RandomStream, home: MarketArea): string {
  const city = random.pick(home.cities);
  const zip = String(city.firstZip + random.integer(0, city.zipCount - 1)).padStart(5, "0");
  const suite = random.chance(0.6) ? `, Suite ${random.integer(1, 12)}${random.integer(0, 9)}0` : "";
  return `${random.integer(100, 9_900)} ${random.pick(STREET_NAMES)} ${random.pick(STREET_KINDS)}${suite}, ${city.name}, ${city.state} ${zip}`;
}

/** 555-01xx is reserved for fiction (NANP). */
function phone(random: RandomStream, home: MarketArea): string {
  return `(${home.areaCode}) 555-01${String(random.integer(0, 99)).padStart(2, "0")}`;
}
