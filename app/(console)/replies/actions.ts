"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { mailboxCheck } from "@/inngest/events";
import {
  answerReply,
  correctCategory,
  finishReply,
  linkReply,
  resumeSequence,
} from "@/lib/replies/act-on-reply";
import { CATEGORIES } from "@/lib/replies/classification";
import { sayUnfilled } from "@/lib/replies/fill-answer";
import { findContacts } from "@/lib/replies/find-contacts";
import { loadReplyHtml } from "@/lib/replies/load-reply";
import { markReply } from "@/lib/replies/mark-reply";
import { assignReply, snoozeReply } from "@/lib/replies/put-off-reply";
import { forgetAddress } from "@/lib/replies/remembered-addresses";
import { saveReplyDraft } from "@/lib/replies/reply-draft";
import { acceptContact, dismissProposal } from "@/lib/replies/reply-proposals";
import { SNOOZES, snoozeUntil } from "@/lib/replies/snooze-times";
import { undoRouting } from "@/lib/replies/undo-routing";
import { actionFor } from "@/lib/server/action-for";
import { loadDesk } from "@/lib/settings/desk";

const emailId = z.uuid();

export const correct = actionFor(
  "operator",
  z.object({ emailId, category: z.enum(CATEGORIES), words: z.string().trim().max(1000).optional() }),
  async (input, { db }) => {
    const did = await correctCategory(db, input.emailId, input.category, input.words);
    revalidatePath("/replies", "layout");
    return did;
  },
);

export const finish = actionFor(
  "operator",
  z.object({ emailId, sequence: z.enum(["stop", "resume"]).default("stop") }),
  async (input, { db }) => {
    const finished = await finishReply(db, input.emailId, input.sequence);
    revalidatePath("/replies", "layout");
    return { finished };
  },
);

export const undo = actionFor("operator", z.object({ emailId }), async (input, { db }) => {
  const did = await undoRouting(db, input.emailId);
  revalidatePath("/replies", "layout");
  return did;
});

export const snooze = actionFor(
  "operator",
  z.object({
    emailId,
    until: z.union([z.enum(SNOOZES), z.iso.date("Choose a day.")]).nullable(),
  }),
  async (input, { db }) => {
    const { settings } = await loadDesk(db);
    const until = input.until === null ? null : snoozeUntil(input.until, new Date(), settings.time_zone);
    await snoozeReply(db, input.emailId, until);
    revalidatePath("/replies", "layout");
  },
);

export const assign = actionFor(
  "operator",
  z.object({ emailId, operatorId: z.uuid().nullable() }),
  async (input, { db }) => {
    await assignReply(db, input.emailId, input.operatorId);
    revalidatePath("/replies", "layout");
  },
);

/** Keeps an answer that is being written; the page it is written on shows it already. */
export const keepDraft = actionFor(
  "operator",
  z.object({ emailId, subject: z.string().max(250), body: z.string().max(20_000) }),
  async (input, { db }) => saveReplyDraft(db, input.emailId, input.subject, input.body),
);

export const takeContact = actionFor(
  "operator",
  z.object({
    proposalId: z.uuid(),
    name: z.string().trim().max(200),
    email: z.string().trim().max(320),
    phone: z.string().trim().max(40),
    title: z.string().trim().max(100),
  }),
  async ({ proposalId, ...edits }, { db }) => {
    const answer = await acceptContact(db, proposalId, edits);
    revalidatePath("/replies", "layout");
    return answer;
  },
);

export const dismiss = actionFor(
  "operator",
  z.object({ proposalId: z.uuid(), reason: z.string().trim().min(1, "Say why not.").max(500) }),
  async ({ proposalId, reason }, { db }) => {
    const dismissed = await dismissProposal(db, proposalId, reason);
    revalidatePath("/replies", "layout");
    return { dismissed };
  },
);

export const answer = actionFor(
  "operator",
  z.object({
    emailId,
    subject: z.string().trim().min(1, "The subject is empty.").max(250),
    body: z
      .string()
      .trim()
      .min(1, "The answer is empty.")
      .max(20_000)
      .superRefine((body, context) => {
        const problem = sayUnfilled(body);
        if (problem) context.addIssue({ code: "custom", message: problem });
      }),
    finish: z.boolean(),
  }),
  async (input, { db }) => {
    const { mailboxId } = await answerReply(db, input.emailId, input.subject, input.body);
    announce(mailboxCheck.create({ mailboxId }));
    if (input.finish) await finishReply(db, input.emailId);
    revalidatePath("/replies", "layout");
  },
);

export const searchContacts = actionFor(
  "operator",
  z.object({ words: z.string().trim().min(2, "Type at least two letters.").max(120) }),
  async ({ words }, { db }) => findContacts(db, words),
);

export const link = actionFor(
  "operator",
  z.object({ emailId, contactId: z.uuid() }),
  async (input, { db }) => {
    const linked = await linkReply(db, input.emailId, input.contactId);
    revalidatePath("/replies", "layout");
    return linked;
  },
);

export const forget = actionFor(
  "operator",
  z.object({
    address: z.string().trim().min(1).max(320),
    reason: z.string().trim().min(1, "Say why this address is not theirs.").max(500),
  }),
  async ({ address, reason }, { db }) => {
    const forgotten = await forgetAddress(db, address, reason);
    revalidatePath("/replies", "layout");
    revalidatePath("/contacts", "layout");
    return { forgotten };
  },
);

/** Opening a mail renders nothing anew here: the change itself tells every page of this operator. */
export const markRead = actionFor(
  "operator",
  z.object({ emailId, read: z.boolean() }),
  async (input, { db }) => {
    const changed = await markReply(db, input.emailId, input.read);
    if (!input.read) revalidatePath("/replies", "layout");
    return changed;
  },
);

export const resume = actionFor("operator", z.object({ contactId: z.uuid() }), async (input, { db }) => {
  await resumeSequence(db, input.contactId);
  revalidatePath("/replies", "layout");
});

export const readHtml = actionFor("operator", z.object({ emailId }), async (input, { db }) =>
  loadReplyHtml(db, input.emailId),
);
