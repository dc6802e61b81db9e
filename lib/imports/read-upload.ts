import "server-only";
import { z } from "zod";
import { ImportFileError } from "@/lib/files/file-error";
import { MAX_UPLOAD_BYTES } from "@/lib/files/limits";
import type { Db } from "@/lib/server/client-options";
import { BadRequestError } from "@/lib/server/respond";
import { mappingSchema } from "./mapping-schema";
import { type ReceivedFile, receiveImport } from "./receive-import";

/** The form around the file adds little. */
const ENVELOPE_BYTES = 100_000;

/**
 * Takes a `multipart/form-data` request with `file` and, if wanted, `mapping` (JSON) in as an import.
 * @returns its id. @throws {BadRequestError} 413 for too much, 400 for anything else, in words for a person.
 */
export async function receiveUpload(db: Db, searchId: string | null, request: Request): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_UPLOAD_BYTES + ENVELOPE_BYTES)
    throw new BadRequestError(
      `The file is larger than ${(MAX_UPLOAD_BYTES / 1e6).toFixed(1)} MB. Compress it (.csv.gz), or split it.`,
      413,
    );
  const file = await readForm(request);
  try {
    return await receiveImport(db, searchId, file);
  } catch (error) {
    if (error instanceof ImportFileError)
      throw new BadRequestError(error.message, error.tooLarge ? 413 : 400);
    throw error;
  }
}

async function readForm(request: Request): Promise<ReceivedFile> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    throw new BadRequestError("Send multipart/form-data with the export as `file`.");
  }
  const file = form.get("file");
  if (!(file instanceof File))
    throw new BadRequestError("Send multipart/form-data with the export as `file`.");
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
    throw new BadRequestError("`mapping` is not JSON.");
  }
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadRequestError(`\`mapping\` is not usable: ${z.prettifyError(parsed.error)}`);
}
