import "server-only";
import { z } from "zod";
import { MAX_UPLOAD_BYTES } from "@/lib/files/limits";
import type { Db } from "@/lib/server/client-options";
import { Refused } from "@/lib/server/refused";
import { mappingSchema } from "./mapping-schema";
import { type ReceivedFile, receiveImport } from "./receive-import";

/** The form around the file adds little. */
const ENVELOPE_BYTES = 100_000;

/**
 * Takes a `multipart/form-data` request with `file` and, if wanted, `mapping` (JSON) in as an import.
 * @returns its id. @throws {Refused} 413 for too much, 400 for anything else, in words for a person.
 */
export async function receiveUpload(db: Db, searchId: string | null, request: Request): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_UPLOAD_BYTES + ENVELOPE_BYTES)
    throw new Refused(
      `The file is larger than ${(MAX_UPLOAD_BYTES / 1e6).toFixed(1)} MB. Compress it (.csv.gz), or split it.`,
      { status: 413 },
    );
  const file = await readForm(request);
  return receiveImport(db, searchId, file);
}

async function readForm(request: Request): Promise<ReceivedFile> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    throw new Refused("Send multipart/form-data with the export as `file`.");
  }
  const file = form.get("file");
  if (!(file instanceof File)) throw new Refused("Send multipart/form-data with the export as `file`.");
  const mapping = form.get("mapping");
  return {
    name: file.name,
    bytes: Buffer.from(await file.arrayBuffer()),
    mapping: typeof mapping === "string" && mapping.trim() ? readMapping(mapping) : undefined,
  };
}

function readMapping(text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused("`mapping` is not JSON.");
  }
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refused(`\`mapping\` is not usable: ${z.prettifyError(parsed.error)}`);
}
