import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrapMaybe } from "@/lib/server/database-error";
import { type DesktopKind, desktopKindsSchema } from "./desktop-kinds";

/** What the signed-in operator wants to be told on the desktop; nothing until they choose. */
export async function loadDesktopChoice(db: Db): Promise<DesktopKind[]> {
  // Row-level security shows each operator their own row only.
  const row = unwrapMaybe(await db.from("desktop_notices").select("kinds").maybeSingle());
  return desktopKindsSchema.catch([]).parse(row?.kinds ?? []);
}

/** Keeps the choice for this operator, on every computer they sign in on. */
export async function saveDesktopChoice(db: Db, kinds: readonly DesktopKind[]): Promise<void> {
  ensure(await db.rpc("set_desktop_notices", { p_kinds: [...kinds] }));
}
