import type { OutlookRequest } from "@/lib/mailbox/outlook/contract";
import { HostError, HRESULT } from "./host-error";
import { readContent } from "./read-content";

type Fields = Record<string, unknown>;
const KEY = /^[A-Za-z0-9_-]{8,64}$/;
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/**
 * Reads a request of the contract. Written by hand because the process lives for one request and loading a schema
 * library would double its start; the tests hold it against the contract's schema.
 * @throws {HostError} naming the first field that is wrong.
 */
export function readRequest(source: string): OutlookRequest {
  const fields = readObject(source);
  switch (fields.action) {
    case "ping":
      return { action: "ping" };
    case "find":
      return { action: "find", account: text(fields, "account"), idempotencyId: key(fields) };
    case "send":
      return {
        action: "send",
        account: text(fields, "account"),
        idempotencyId: key(fields),
        to: recipients(fields.to),
        ...readContent(fields, wrong),
      };
    case "list":
      return {
        action: "list",
        account: text(fields, "account"),
        folder: folder(fields.folder),
        sinceUtc: utc(fields.sinceUtc),
        limit: limit(fields.limit),
      };
    default:
      throw wrong("action");
  }
}

function readObject(source: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (cause) {
    throw new HostError("bad JSON request", "invalid", HRESULT.invalidArgument, { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new HostError("bad JSON request", "invalid", HRESULT.invalidArgument);
  }
  return value as Fields;
}

function wrong(field: string): HostError {
  return new HostError(`the request's "${field}" is missing or wrong`, "invalid", HRESULT.invalidArgument);
}

function text(fields: Fields, name: string, emptyAllowed = false): string {
  const value = fields[name];
  if (typeof value !== "string" || (value === "" && !emptyAllowed)) throw wrong(name);
  return value;
}

function key(fields: Fields): string {
  const value = text(fields, "idempotencyId");
  if (!KEY.test(value)) throw wrong("idempotencyId");
  return value;
}

function recipients(value: unknown): string[] {
  if (!Array.isArray(value) || value.length === 0) throw wrong("to");
  return value.map((entry) => {
    if (typeof entry !== "string") throw wrong("to");
    return entry;
  });
}

function folder(value: unknown): "inbox" | "junk" | "sent" {
  if (value !== "inbox" && value !== "junk" && value !== "sent") throw wrong("folder");
  return value;
}

function utc(value: unknown): string {
  if (typeof value !== "string" || !UTC.test(value) || Number.isNaN(Date.parse(value)))
    throw wrong("sinceUtc");
  return value;
}

function limit(value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > 500) throw wrong("limit");
  return value;
}
