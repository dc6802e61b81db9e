import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import type { Tables } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import {
  finishPage,
  type KeyColumn,
  type Page,
  quote,
  startPage,
  startShape,
} from "@/lib/server/page-by-key";

export const auditViewSchema = z.object({
  q: z.string().trim().max(120).catch(""),
  ...startShape,
});
export type AuditRow = Tables<"audit_log">;
export type AuditView = z.infer<typeof auditViewSchema>;

const PAGE = 100;
const NEWEST: readonly KeyColumn[] = [{ name: "id", ascending: false, holds: "bigint" }];

/** Who did what, newest first. `q` looks at who, what, to what and why. */
export async function listAudit(db: Db, view: AuditView): Promise<Page<AuditRow>> {
  let query = db.from("audit_log").select("*");
  if (view.q) {
    const pattern = quote(`%${view.q.replaceAll(/[\\%_]/g, "\\$&")}%`);
    query = query.or(
      ["actor", "action", "entity", "entity_id", "why"]
        .map((column) => `${column}.ilike.${pattern}`)
        .join(","),
    );
  }
  const rows = unwrap(await startPage(query, NEWEST, view).limit(PAGE + 1));
  return finishPage(rows, PAGE, view, (row) => String(row.id));
}
