import { checkParts } from "@/lib/parts/check-parts";

export const dynamic = "force-dynamic";

/** `GET /api/health`: each part, what it is and whether it is up. 503 when the database is not. */
export async function GET(): Promise<Response> {
  const parts = await checkParts();
  const ok = parts.every((part) => part.up || part.name !== "database");
  return Response.json({ ok, parts }, { status: ok ? 200 : 503 });
}
