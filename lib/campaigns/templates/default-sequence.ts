export interface SequenceTemplate {
  readonly step: number;
  readonly subject: string;
  readonly body: string;
}

// CAN-SPAM (15 U.S.C. 7704): every mail carries a postal address and a plain way to opt out, and no subject misleads:
// the first mail never pretends to be a reply. Follow-ups are real replies, so their subject is the thread's own.
export const FOOTER = `

{{sender_name}}
{{desk_name}}
{{postal_address}}

If you would rather not hear from us, reply "unsubscribe" and we will not write again.`;

/** The three mails a new campaign starts with; an operator edits them before approving. */
export const DEFAULT_SEQUENCE: readonly SequenceTemplate[] = [
  {
    step: 1,
    subject: "{{property_address}}",
    body: `Hi {{first_name|there}},

I work with a buyer, {{buyer_name}}, who is looking for {{property_type|commercial}} property in {{property_city|your area}} and can move quickly. Your building at {{property_address}} fits what they are after.

Would you consider selling, now or in the next year? If so, I would be glad to hear what number would get your attention.${FOOTER}`,
  },
  {
    step: 2,
    subject: "{{property_address}}",
    body: `Hi {{first_name|there}},

Following up on {{property_address}}. The buyer is funded and flexible on timing, and there is no listing and no commission asked of you to have the conversation.

Is it worth ten minutes on the phone this week?${FOOTER}`,
  },
  {
    step: 3,
    subject: "{{property_address}}",
    body: `Hi {{first_name|there}},

Last note from me on {{property_address}}. If selling is not on your mind, no need to answer. If someone else at {{company|your company}} looks after this, a name would help.${FOOTER}`,
  },
];
