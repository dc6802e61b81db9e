import type { Database } from "@/stack/postgres/database";
import type { AppHealth } from "./functions/app-health";
import type { FunctionRegistry } from "./functions/registry";
import type { Settings } from "./options";
import type { RunState } from "./state/run-state";
import type { Slots } from "./state/slots";

/** What every part of one engine shares. */
export interface Core {
  readonly db: Database;
  readonly settings: Settings;
  readonly functions: FunctionRegistry;
  readonly apps: AppHealth;
  readonly slots: Slots;
  /** Runs with a call in flight. All writes go through one ledger, so what is here equals what is stored. */
  readonly active: Map<string, RunState>;
  /** Paths waits are filed under, by event name. */
  readonly waitPaths: Map<string, Set<string>>;
}
