import type { ReactNode } from "react";
import { whyText } from "@/components/campaigns/why-text";
import type { ContactView } from "@/components/contacts/contact-facts";
import type { EnrollmentView } from "@/components/contacts/enrollment-list";
import type { PropertyView } from "@/components/contacts/property-list";
import type { ReplyView } from "@/components/contacts/reply-history";
import type { SendView } from "@/components/contacts/send-list";
import type { TaskView } from "@/components/contacts/task-list";
import type { ContactReply, ContactSend, ContactTask, LoadedContact } from "@/lib/contacts/load-contact";
import { env } from "@/lib/server/env";

// Rows as the page shows them.

export function toSendViews(sends: readonly ContactSend[]): SendView[] {
  return sends.map((send) => ({
    id: send.id,
    step: send.step,
    status: send.status,
    dueAt: send.due_at,
    sentAt: send.sent_at,
    subject: send.subject,
    body: send.body,
    mailbox: send.mailboxes.address,
    campaign: send.campaigns,
    zone: send.enrollments?.time_zone ?? "UTC",
    why: whyText(send.unsent, send.enrollments?.time_zone, env().DRY_RUN),
  }));
}

export function toReplyViews(replies: readonly ContactReply[]): ReplyView[] {
  return replies.map((reply) => ({
    id: reply.id,
    receivedAt: reply.received_at,
    subject: reply.subject,
    text: (reply.visible_text ?? reply.body_text).slice(0, 2000),
    status: reply.status,
    category: reply.category,
  }));
}

export function toTaskViews(tasks: readonly ContactTask[]): TaskView[] {
  return tasks.map(({ id, title, due_at, status }) => ({ id, title, dueAt: due_at, status }));
}

export function toEnrollmentViews(contact: LoadedContact): EnrollmentView[] {
  return contact.enrollments.map((enrollment) => ({
    id: enrollment.id,
    status: enrollment.status,
    reason: enrollment.reason,
    resumeAt: enrollment.resume_at,
    campaign: enrollment.campaigns,
    property:
      enrollment.properties &&
      [enrollment.properties.address, enrollment.properties.city].filter(Boolean).join(", "),
  }));
}

type Property = NonNullable<LoadedContact["company"]>["properties"][number];

export function toPropertyViews(properties: readonly Property[]): PropertyView[] {
  return properties.map((property) => ({
    id: property.id,
    address: property.address,
    city: property.city,
    state: property.state,
    type: property.property_type,
    buildingSf: property.building_sf,
    yearBuilt: property.year_built,
  }));
}

export function toFacts(
  contact: LoadedContact,
  linkTo: (searchId: string, name: string) => ReactNode,
): ContactView {
  const { company } = contact;
  return {
    title: contact.title,
    email: contact.email,
    phones: contact.phones,
    timeZone: contact.time_zone,
    bouncedAt: contact.bounced_at,
    doNotContactAt: contact.do_not_contact_at,
    doNotContactReason: contact.do_not_contact_reason,
    company: company && {
      name: company.name,
      address: company.address,
      phones: company.phones,
      doNotContactAt: company.do_not_contact_at,
      doNotContactReason: company.do_not_contact_reason,
    },
    searches: contact.search_contacts.map(({ searches: { id, name } }) => ({ id, link: linkTo(id, name) })),
    createdAt: contact.created_at,
  };
}
