/** Why a contact cannot be mailed, by the key of SQL's `mail_bar`; "mailable" where nothing bars it. In a person's words. */
const WORDS = {
  mailable: "Can be mailed",
  do_not_contact: "Do not contact",
  company_do_not_contact: "Company: do not contact",
  no_email: "No e-mail",
  bounced: "Bounced",
  address_excluded: "Address excluded",
  domain_excluded: "Domain excluded",
} as const;

export interface ContactStatus {
  readonly key: keyof typeof WORDS;
  readonly words: string;
}

/** The words for the computed column `mail_status`. Throws on a key nobody has words for. */
export function sayContactStatus(key: string | null): ContactStatus {
  if (key === null || !isKey(key))
    throw new Error(`mail_status says "${key}", and there are no words for it`);
  return { key, words: WORDS[key] };
}

function isKey(key: string): key is ContactStatus["key"] {
  return Object.hasOwn(WORDS, key);
}
