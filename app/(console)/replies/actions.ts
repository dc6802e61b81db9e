"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { mailboxCheck } from "@/inngest/events";
import { operatorAction } from "@/lib/actions/operator-action";
import {
  answerReply,
  correctCategory,
  finishReply,
  linkReply,
  resumeSequence,
} from "@/lib/replies/act-on-reply";
import { CATEGORIES } from "@/lib/replies/classification";
import { findContacts } from "@/lib/replies/find-contacts";
import { loadReplyHtml } from "@/lib/replies/load-reply";

const emailId = z.uuid();

export const correct = operatorAction(
  z.object({ emailId, category: z.enum(CATEGORIES), words: z.string().trim().max(1000).optional() }),
  async (input, { db }) => {
    const did = await correctCategory(db, input.emailId, input.category, input.words);
    revalidatePath("/replies", "layout");
    return did;
  },
);

export const finish = operatorAction(z.object({ emailId }), async (input, { db }) => {
  const finished = await finishReply(db, input.emailId);
  revalidatePath("/replies", "layout");
  return { finished };
});

export const answer = operatorAction(
  z.object({
    emailId,
    subject: z.string().trim().min(1, "The subject is empty.").max(250),
    body: z.string().trim().min(1, "The answer is empty.").max(20_000),
    finish: z.boolean(),
  }),
  async (input, { db }) => {
    const { mailboxId } = await answerReply(db, input.emailId, input.subject, input.body);
    announce(mailboxCheck.create({ mailboxId }));
    if (input.finish) await finishReply(db, input.emailId);
    revalidatePath("/replies", "layout");
  },
);

export const searchContacts = operatorAction(
  z.object({ words: z.string().trim().min(2, "Type at least two letters.").max(120) }),
  async ({ words }, { db }) => findContacts(db, words),
);

export const link = operatorAction(z.object({ emailId, contactId: z.uuid() }), async (input, { db }) => {
  await linkReply(db, input.emailId, input.contactId);
  revalidatePath("/replies", "layout");
});

export const resume = operatorAction(z.object({ contactId: z.uuid() }), async (input, { db }) => {
  await resumeSequence(db, input.contactId);
  revalidatePath("/replies", "layout");
});

export const readHtml = operatorAction(z.object({ emailId }), async (input, { db }) =>
  loadReplyHtml(db, input.emailId),
);
