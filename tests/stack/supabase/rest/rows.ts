import type { SupabaseClient } from "@supabase/supabase-js";

/** Everyone who asks in the REST tests. */
export interface Askers {
  readonly anon: SupabaseClient;
  readonly ada: SupabaseClient;
  readonly bob: SupabaseClient;
  readonly service: SupabaseClient;
  /** A client that sends this token with the publishable key. */
  clientWith(token: string): SupabaseClient;
}

interface Answer<T> {
  readonly data: T;
  readonly error: unknown;
}

/** The data of an answer that must not be an error. */
export function rows<T>(answer: Answer<T>): NonNullable<T> {
  if (answer.error) throw new Error(JSON.stringify(answer.error));
  if (answer.data === null || answer.data === undefined) throw new Error("an answer without data");
  return answer.data;
}

/** An answer that must not be an error, with or without data. */
export function succeed(answer: Answer<unknown>): void {
  if (answer.error) throw new Error(JSON.stringify(answer.error));
}

export function ids(answer: Answer<ReadonlyArray<{ id: unknown }> | null>): unknown[] {
  return rows(answer).map((row) => row.id);
}
