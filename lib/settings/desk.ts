import "server-only";
import { usHolidays } from "@/lib/schedule/holidays";
import type { Db } from "@/lib/server/client-options";
import type { Json } from "@/lib/server/database.types";
import { ensure, unwrap } from "@/lib/server/database-error";
import { type DeskSettings, fromRow } from "./desk-settings";

export interface LoadedDesk {
  readonly settings: DeskSettings;
  readonly updatedBy: string;
  readonly updatedAt: string;
}

export async function loadDesk(db: Db): Promise<LoadedDesk> {
  const row = unwrap(await db.from("desk_settings").select("*").eq("id", 1).single());
  return { settings: fromRow(row), updatedBy: row.updated_by, updatedAt: row.updated_at };
}

/** Writes the desk's settings with their audit row. Campaigns already planned keep what they were planned with. */
export async function updateDesk(db: Db, settings: DeskSettings): Promise<void> {
  ensure(await db.rpc("update_desk_settings", { p_changes: settings as unknown as Json }));
}

/** The next US holidays, as ISO dates, so that a person sees what keeping them means. */
export function nextHolidays(now: Date, count: number): string[] {
  const today = now.toISOString().slice(0, 10);
  const year = now.getUTCFullYear();
  return usHolidays(year, year + 1)
    .filter((day) => day >= today)
    .slice(0, count);
}
