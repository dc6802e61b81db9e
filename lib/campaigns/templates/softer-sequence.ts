import { DEFAULT_SEQUENCE, FOOTER, type SequenceTemplate } from "./default-sequence";

/** The default mails with less push: what "a softer second mail" puts in their place. */
const SOFTER: readonly SequenceTemplate[] = [
  {
    step: 1,
    subject: "{{property_address}}",
    body: `Hi {{first_name|there}},

I hope you do not mind a short note. I work with {{buyer_name}}, who is interested in {{property_type|commercial}} property in {{property_city|your area}}, and your building at {{property_address}} came to mind.

If you ever think about selling, even some way off, I would be glad to hear from you. There is no hurry.${FOOTER}`,
  },
  {
    step: 2,
    subject: "{{property_address}}",
    body: `Hi {{first_name|there}},

Just making sure my note about {{property_address}} reached you. There is nothing you need to do; if a conversation would be useful at some point, I am happy to work around your time.${FOOTER}`,
  },
  {
    step: 3,
    subject: "{{property_address}}",
    body: `Hi {{first_name|there}},

I will leave it here on {{property_address}}, and thank you for reading. If it is ever of interest, now or in a few years, you have my address.${FOOTER}`,
  },
];

/**
 * A mail in softer words: the softer text where it is one of the default mails, with its subject kept. Null where a person has written it,
 * whose words are theirs to change, and where it is as soft as it gets.
 */
export function soften({ step, subject, body }: SequenceTemplate): SequenceTemplate | null {
  const usual = DEFAULT_SEQUENCE.find((mail) => mail.step === step);
  const softer = SOFTER.find((mail) => mail.step === step);
  return softer && body === usual?.body ? { step, subject, body: softer.body } : null;
}
