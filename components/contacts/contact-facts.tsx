import type { ReactNode } from "react";
import { KeyValueList } from "@/components/shell/key-value-list";
import { Section } from "@/components/shell/section";
import { Time } from "@/components/words/time";

export type ContactView = {
  title: string | null;
  email: string | null;
  phones: readonly string[];
  timeZone: string | null;
  bouncedAt: string | null;
  doNotContactAt: string | null;
  doNotContactReason: string | null;
  company: {
    name: string;
    address: string | null;
    phones: readonly string[];
    doNotContactAt: string | null;
    doNotContactReason: string | null;
  } | null;
  searches: readonly { id: string; link: ReactNode }[];
  createdAt: string;
};

/** Who the contact is, how to reach them, and what stands against it. */
export function ContactFacts({ contact }: { contact: ContactView }) {
  const { company } = contact;
  const since = (at: string | null, reason: string | null) =>
    at && (
      <>
        since <Time iso={at} show="both" />
        {reason && `: ${reason}`}
      </>
    );
  const facts: [string, ReactNode][] = [
    ["Title", contact.title],
    ["E-mail", contact.email],
    ["Phone", contact.phones.join(", ")],
    ["Time zone", contact.timeZone],
    ["Do not contact", since(contact.doNotContactAt, contact.doNotContactReason)],
    ["Bounced", since(contact.bouncedAt, null)],
    ["Company", company?.name],
    ["Company address", company?.address],
    ["Company phone", company?.phones.join(", ")],
    ["Company: do not contact", company && since(company.doNotContactAt, company.doNotContactReason)],
    ["Found by", contact.searches.length > 0 && <Links items={contact.searches} />],
    ["Known since", <Time key="known" iso={contact.createdAt} show="both" />],
  ];
  return (
    <Section title="About" frame="card">
      <KeyValueList
        layout="stacked"
        items={facts.flatMap(([key, value]) => (value ? [{ key, value }] : []))}
      />
    </Section>
  );
}

function Links({ items }: { items: readonly { id: string; link: ReactNode }[] }) {
  return (
    <ul>
      {items.map(({ id, link }) => (
        <li key={id}>{link}</li>
      ))}
    </ul>
  );
}
