import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Json } from "@/lib/server/database.types";
import { ensure, unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { toCliSchema } from "./cli-schema";

export interface AnswerSchema {
  readonly hash: string;
  /** As the CLI takes it. */
  readonly json: string;
}

const written = new WeakMap<z.ZodType, AnswerSchema>();
const kept = new Set<string>();

/** A task's schema as the CLI takes it; kept by its hash, so that the run can be repeated with another definition. */
export async function keepAnswerSchema(schema: z.ZodType): Promise<AnswerSchema> {
  const answer = written.get(schema) ?? write(schema);
  if (!kept.has(answer.hash)) {
    ensure(
      await serviceDb()
        .from("agent_schemas")
        .upsert(
          { hash: answer.hash, schema: JSON.parse(answer.json) as Json },
          { onConflict: "hash", ignoreDuplicates: true },
        ),
    );
    kept.add(answer.hash);
  }
  return answer;
}

/** The schema a recorded run was made with, for the CLI and for checking here. */
export async function readAnswerSchema(hash: string): Promise<{ json: string; schema: z.ZodType }> {
  const { schema } = unwrap(
    await serviceDb().from("agent_schemas").select("schema").eq("hash", hash).single(),
  );
  const json = z.record(z.string(), z.unknown()).parse(schema);
  return { json: JSON.stringify(json), schema: z.fromJSONSchema(json as z.core.JSONSchema.JSONSchema) };
}

function write(schema: z.ZodType): AnswerSchema {
  const json = toCliSchema(schema);
  const answer = { json, hash: createHash("sha256").update(json).digest("hex").slice(0, 16) };
  written.set(schema, answer);
  return answer;
}
