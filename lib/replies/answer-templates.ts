import "server-only";
import { z } from "zod";
import { checkTemplate } from "@/lib/campaigns/templates/template";
import type { Db } from "@/lib/server/client-options";
import type { Tables } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { ANSWER_TAGS } from "./answer-tags";
import { CATEGORIES } from "./classification";

export type AnswerTemplate = Pick<
  Tables<"answer_templates">,
  "id" | "name" | "body" | "category" | "retired_at" | "updated_by" | "updated_at"
>;

/** A template as an operator writes it: its tags are held to those an answer knows, as a campaign's mails are. */
export const answerTemplateSchema = z.object({
  name: z.string().trim().min(1, "Give it a name.").max(80),
  body: z
    .string()
    .trim()
    .min(1, "It has no words.")
    .max(5_000)
    .superRefine((body, context) => {
      for (const { message } of checkTemplate(body, ANSWER_TAGS))
        context.addIssue({ code: "custom", message });
    }),
  /** The category it answers; null fits every mail. */
  category: z.enum(CATEGORIES).nullable(),
});
export type AnswerTemplateInput = z.infer<typeof answerTemplateSchema>;

/** Every template, those in use first, in the order operators gave them. */
export async function listAnswerTemplates(db: Db): Promise<AnswerTemplate[]> {
  return unwrap(
    await db
      .from("answer_templates")
      .select("id, name, body, category, retired_at, updated_by, updated_at")
      .order("retired_at", { ascending: false, nullsFirst: true })
      .order("position")
      .order("id"),
  );
}

/**
 * Adds a template (null id) or changes one; answers with its id.
 * @throws {DatabaseError} 22023 in words when another one has the name; P0002 when it is not there.
 */
export async function saveAnswerTemplate(
  db: Db,
  id: string | null,
  { name, body, category }: AnswerTemplateInput,
): Promise<string> {
  return unwrap(
    await db.rpc("save_answer_template", {
      // The generated types do not know that it may be null.
      p_id: id as string,
      p_name: name,
      p_body: body,
      ...(category ? { p_category: category } : {}),
    }),
  );
}

/** Takes a template out of use, or brings it back; false when it was so already. */
export async function retireAnswerTemplate(db: Db, id: string, retired: boolean): Promise<boolean> {
  return unwrap(await db.rpc("retire_answer_template", { p_id: id, p_retired: retired }));
}

/** Moves a template one place up or down; false at the end of the list. */
export async function moveAnswerTemplate(db: Db, id: string, up: boolean): Promise<boolean> {
  return unwrap(await db.rpc("move_answer_template", { p_id: id, p_up: up }));
}
