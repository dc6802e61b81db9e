import "server-only";
import { env } from "@/lib/server/env";
import { Slots } from "./slots";

const KEY = Symbol.for("upstream.agent-slots");

/** This process's places for agents: one set, however often a bundler copies this module. */
export function ownSlots(): Slots {
  const holder = globalThis as { [KEY]?: Slots };
  holder[KEY] ??= new Slots(() => env().AGENT_CONCURRENCY);
  return holder[KEY];
}
