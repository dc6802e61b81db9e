import { cutText, quoteForWhy } from "@/lib/files/text-limits";
import { findAddresses } from "./mail-addresses";

/** Somebody a reply names beside its writer: whom to ask instead, or who represents the owner. */
export interface NamedPerson {
  name: string;
  email: string | null;
  phone: string | null;
  /** The brokerage or company, "" when none is said. */
  firm: string;
  /** "broker", "asset manager", "partner" …, "" when it is not said. */
  role: string;
  words: string;
}

const NAME = String.raw`(?:[A-Z][\p{L}'’-]+|[A-Z]\.)(?:\s(?:[A-Z]\.|(?:de|van|von|la|del|di|O')\s?[A-Z][\p{L}'’-]+|[A-Z][\p{L}'’-]+)){1,3}`;
const ROLES = `(?:listing |managing |general |asset |property |business |senior |leasing )?(?:broker|agent|manager|partner|member|counsel|attorney|controller|cfo|ceo|president|principal|trustee|brother|sister|son|daughter|father|mother|wife|husband|cousin|colleague|associate|owner|director|representative|decision[- ]maker)`;
/** "M. Luc Garnier": a form of address is no part of the name. */
const TITLE = String.raw`(?:(?:Mrs?|Ms|Mme|M|Dr|Herrn?|Frau|Sra?|Sig|Sigra|Dhr|Mevr|Don|Doña)\.?\s+)?`;
/** A name right before an address: "Lena Strand, lena@acme.com", "Bob Orr (bob@acme.com)". */
const WITH_ADDRESS = new RegExp(
  String.raw`${TITLE}(${NAME})\s*[,:(<[–-]{0,2}\s*(?:at |an |à |unter |sous |en |via |e-?mail:? )?[<(]?[\w.+-]{1,64}@[\w-]`,
  "u",
);
/** Words before a name that say "this one". */
const CUE = new RegExp(
  String.raw`(?:\b(?:${ROLES})\b[,:]?|\b(?:contact|call|e-?mail|write(?: to)?|ask|speak (?:to|with)|talk (?:to|with)|reach(?: out)?(?: to)?|get in touch with|connect with|forward(?:ed|ing)? (?:this |it |you )?to|represented by|handled by|listed (?:by|with)|copied|cc['’]?(?:ed|ing)?|adding|looping in|with|is|named|through|by|goes? to|directed to|addressed to|handled? by|contacter|joindre|an|contacte?(?:n|r)?(?: a| con)?|contattare|met|bij|kontakta|till|escriba a|dirigirse a|wenden sie sich (?:bitte )?an)\b)\s*[,:]?\s+${TITLE}(${NAME})`,
  "u",
);
const ACTS = new RegExp(
  String.raw`(${NAME})\s*(?:\([^)]{1,60}\)\s*)?,?\s*(?:who\s+|is\s+)?(?:handles|makes|runs|decides|oversees|manages|takes care|represents|is (?:our|the|my)|can help|would be|at (?=[A-Z]))`,
  "u",
);
const FIRMS =
  /\b(CBRE|JLL|Jones Lang LaSalle|Colliers(?: International)?|Cushman(?: (?:&|and) Wakefield)?|Newmark|Marcus (?:&|and) Millichap|Lee (?:&|and) Associates|Kidder(?: Mathews)?|Avison Young|Berkadia|Eastdil(?: Secured)?|NAI [A-Z]\w+|SVN|KW Commercial|Matthews|Northmarq|Voit|Stream Realty|Transwestern|[A-Z][\w&'’-]+(?: [A-Z&][\w&'’-]*){0,2} (?:Realty|Brokerage|Real Estate|Commercial|Properties|Advisors|Partners|Group|Capital))\b/;
const PHONE = /(?<![\w.+-])(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]{0,2}[2-9]\d{2}[ .-]?\d{4}(?![\d-])/;
const NOT_A_NAME =
  /^(?:Hi|Hello|Dear|Thanks?|Thank You|Best|Regards|Sincerely|Not|The|This|Our|My|Your|Please|Sent|Monday|Tuesday|Wednesday|Thursday|Friday|January|February|March|April|June|July|August|September|October|November|December|New York|Los Angeles|San \w+|Santa \w+|Main|I|We|You|He|She|If|Call|Email|Contact)\b|\b(?:St|Street|Ave|Avenue|Blvd|Road|Rd|Drive|Dr|Center|Plaza|Building|LLC|Inc|LP|Trust)\.?$/;
const BROKER = /\b(?:broker|listing|listed|represent(?:ed|s)|exclusive(?:ly)?|brokerage)\b/i;

/**
 * People named in the stripped text of a reply, at most five. Each is read from one sentence: a name beside a word like
 * "contact" or "my partner", an address, or a brokerage. `writer` (the sender's address) and `own` are nobody new.
 */
export function readNamedPeople(
  visibleText: string,
  writer: string,
  own: readonly string[] = [],
): NamedPerson[] {
  const known = new Set([writer, ...own].map((one) => one.toLowerCase()));
  const sentences = cutText(visibleText, 6_000)
    .split(/(?<=[a-z\d)][.!?])\s+(?=[A-Z"(])|\n+/)
    .slice(0, 60)
    .map((one) => cutText(one, 600));
  const people: NamedPerson[] = [];
  for (const sentence of sentences) {
    const emails = findAddresses(sentence).filter((one) => !known.has(one));
    const name = readName(sentence);
    const broker = BROKER.test(sentence);
    const firm = FIRMS.exec(sentence)?.[1] ?? "";
    if (name === "" && emails.length === 0 && !(broker && firm !== "")) continue;
    const firmIsName = firm !== "" && name !== "" && firm.includes(name);
    people.push({
      name: firmIsName ? "" : name,
      email: emails[0] ?? null,
      phone: PHONE.exec(sentence)?.[0].trim() ?? null,
      firm,
      role: broker
        ? "broker"
        : (new RegExp(String.raw`\b(${ROLES})\b`, "i").exec(sentence)?.[1]?.toLowerCase() ?? ""),
      words: quoteForWhy(sentence, 200),
    });
    for (const email of emails.slice(1, 3))
      people.push({ name: "", email, phone: null, firm: "", role: "", words: quoteForWhy(sentence, 200) });
  }
  return merge(people).slice(0, 5);
}

/** A verb that opens the sentence must not pass for the first word of a name. */
const OPENING =
  /^\W{0,3}(?:Please |Kindly )?(?:Contact|Call|Email|E-mail|Write|Ask|Speak|Talk|Reach|Copied|Adding|Looping|Forward|My|Our|The|With)\b/;

function readName(sentence: string): string {
  const lowered = sentence.replace(OPENING, (words) => words.toLowerCase());
  for (const pattern of [WITH_ADDRESS, CUE, ACTS]) {
    const name = pattern.exec(lowered)?.[1]?.trim() ?? "";
    if (name !== "" && !NOT_A_NAME.test(name)) return name;
  }
  return "";
}

/** "Contact my partner Ann Lee. Ann Lee's number is …": one person, with what each sentence adds. */
function merge(people: readonly NamedPerson[]): NamedPerson[] {
  const merged: NamedPerson[] = [];
  for (const person of people) {
    const same = merged.find((one) => one.name !== "" && one.name === person.name);
    const open = merged.at(-1);
    const bareAddress = person.name === "" && person.email !== null && person.firm === "";
    if (same) fill(same, person);
    else if (bareAddress && open && open.email === null && open.name !== "") fill(open, person);
    else merged.push({ ...person });
  }
  return merged;
}

function fill(target: NamedPerson, source: NamedPerson): void {
  target.email ??= source.email;
  target.phone ??= source.phone;
  target.firm ||= source.firm;
  target.role ||= source.role;
}
