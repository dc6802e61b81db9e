import { z } from "zod";
import { bindingInput } from "./binding";

const reference = z.string().max(100).nullable();

/** A Phoenix channel message; protocol 2.0.0 is an array, 1.0.0 an object. */
const envelope = z.object({
  join_ref: reference.default(null),
  ref: reference.default(null),
  topic: z.string().max(500),
  event: z.string().max(100),
  payload: z.unknown(),
});
export type Message = z.infer<typeof envelope>;

export const joinPayload = z.object({
  access_token: z.string().nullish(),
  config: z
    .object({
      postgres_changes: z.array(bindingInput).max(50).default([]),
      presence: z.object({ enabled: z.boolean().optional() }).optional(),
      private: z.boolean().optional(),
    })
    .optional(),
});
export const tokenPayload = z.object({ access_token: z.string().nullish() });

/** @returns undefined for anything that is not a message. */
export function readMessage(text: string): Message | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (!Array.isArray(json)) return envelope.safeParse(json).data;
    const [join_ref, ref, topic, event, payload] = json;
    return envelope.safeParse({ join_ref, ref, topic, event, payload }).data;
  } catch {
    return undefined;
  }
}

export function writeMessage(version: string, { join_ref, ref, topic, event, payload }: Message): string {
  return JSON.stringify(
    version === "1.0.0" ? { join_ref, ref, topic, event, payload } : [join_ref, ref, topic, event, payload],
  );
}
