import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ContactBadge } from "@/components/contacts/contact-badge";
import { ContactFacts } from "@/components/contacts/contact-facts";
import { EnrollmentList } from "@/components/contacts/enrollment-list";
import { LiftBarButton } from "@/components/contacts/lift-bar-button";
import { PropertyList } from "@/components/contacts/property-list";
import { ReplyHistory } from "@/components/contacts/reply-history";
import { SendList } from "@/components/contacts/send-list";
import { TaskList } from "@/components/contacts/task-list";
import { RememberedAddresses } from "@/components/replies/remembered-addresses";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { Trail } from "@/components/shell/trail";
import {
  listContactReplies,
  listContactSends,
  listContactTasks,
  loadContact,
} from "@/lib/contacts/load-contact";
import { listRememberedAddresses } from "@/lib/replies/remembered-addresses";
import { requireOperator } from "@/lib/server/operator";
import { forget } from "../../replies/actions";
import { liftBar } from "./actions";
import { toEnrollmentViews, toFacts, toPropertyViews, toReplyViews, toSendViews, toTaskViews } from "./views";

type Params = { params: Promise<{ id: string }> };

// The title and the page ask for the same contact; it is read once.
const findContact = cache(async (id: string) => {
  const { db, operator } = await requireOperator();
  return { db, operator, contact: await loadContact(db, id) };
});

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { contact } = await findContact((await params).id);
  return { title: contact?.full_name ?? "Contact" };
}

/** One contact: who it is, what was mailed, what came back. */
export default async function ContactPage({ params }: Params) {
  const { db, operator, contact } = await findContact((await params).id);
  if (!contact) notFound();
  const [sends, replies, tasks, remembered] = await Promise.all([
    listContactSends(db, contact.id),
    listContactReplies(db, contact.id),
    listContactTasks(db, contact.id),
    listRememberedAddresses(db, contact.id),
  ]);
  const properties = contact.company?.properties ?? [];
  return (
    <>
      <PageHeader
        above={<Trail list="Contacts" href="/contacts" here={contact.full_name} />}
        title={contact.full_name}
        aside={<ContactBadge status={contact.status} />}
        description={[contact.title, contact.company?.name].filter(Boolean).join(", ")}
        actions={
          operator.role === "admin" && (
            <>
              {contact.do_not_contact_at && (
                <LiftBarButton kind="contact" id={contact.id} name={contact.full_name} onLift={liftBar} />
              )}
              {contact.company?.do_not_contact_at && (
                <LiftBarButton
                  kind="company"
                  id={contact.company.id}
                  name={contact.company.name}
                  onLift={liftBar}
                />
              )}
            </>
          )
        }
      />
      <div className="grid gap-x-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <Section title="Mails" frame={sends.length > 0 ? "flush" : "none"}>
            {sends.length > 0 ? (
              <SendList sends={toSendViews(sends)} />
            ) : (
              <p className="text-muted-foreground">No mail is scheduled, and none was sent.</p>
            )}
          </Section>
          <Section title="Replies" frame={replies.length > 0 ? "flush" : "none"}>
            {replies.length > 0 ? (
              <ReplyHistory replies={toReplyViews(replies)} />
            ) : (
              <p className="text-muted-foreground">Nothing came back yet.</p>
            )}
          </Section>
          {properties.length > 0 && (
            <Section title="Properties of the company" frame="flush">
              <PropertyList properties={toPropertyViews(properties)} />
            </Section>
          )}
        </div>
        <div className="min-w-0">
          {tasks.length > 0 && (
            <Section title="Tasks" frame="flush">
              <TaskList tasks={toTaskViews(tasks)} />
            </Section>
          )}
          {contact.enrollments.length > 0 && (
            <Section title="Campaigns" frame="flush">
              <EnrollmentList enrollments={toEnrollmentViews(contact)} />
            </Section>
          )}
          <ContactFacts contact={toFacts(contact, (id, name) => <SearchLink id={id} name={name} />)} />
          {remembered.length > 0 && (
            <Section title="Other addresses" frame="card">
              <RememberedAddresses addresses={remembered} name={contact.full_name} onForget={forget} />
            </Section>
          )}
        </div>
      </div>
    </>
  );
}

function SearchLink({ id, name }: { id: string; name: string }) {
  return (
    <Link
      href={`/searches/${id}`}
      className="content-center underline underline-offset-4 touch:inline-grid touch:min-h-11"
    >
      {name}
    </Link>
  );
}
