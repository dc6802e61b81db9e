export interface ContactFacts {
  readonly email: string | null;
  readonly doNotContactAt: string | null;
  readonly companyDoNotContactAt: string | null;
  readonly bouncedAt: string | null;
  /** Whether the address or its domain is on the list of exclusions */
  readonly excluded: boolean;
}

export interface ContactStatus {
  readonly key:
    | "mailable"
    | "do_not_contact"
    | "company_do_not_contact"
    | "bounced"
    | "excluded"
    | "no_email";
  readonly words: string;
  readonly mailable: boolean;
}

/** Whether a contact can be mailed and, if not, the first reason, in the order the database checks before each send. */
export function readContactStatus(facts: ContactFacts): ContactStatus {
  const not = (key: ContactStatus["key"], words: string) => ({ key, words, mailable: false });
  if (facts.doNotContactAt) return not("do_not_contact", "Do not contact");
  if (facts.companyDoNotContactAt) return not("company_do_not_contact", "Company: do not contact");
  if (!facts.email) return not("no_email", "No e-mail");
  if (facts.bouncedAt) return not("bounced", "Bounced");
  if (facts.excluded) return not("excluded", "Address excluded");
  return { key: "mailable", words: "Can be mailed", mailable: true };
}
