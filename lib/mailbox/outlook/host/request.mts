import { failure } from "./failure.mts";
import { fromIso } from "./times.mts";

/** What the product asks for (`contract.ts`), as plain values. */
export interface SendRequest {
  action: "send";
  account: string;
  idempotencyId: string;
  to: string[];
  subject: string;
  bodyText: string;
  replyToEntryId?: string;
  listUnsubscribe?: { mailto: string; url?: string };
}
export interface FindRequest {
  action: "find";
  account: string;
  idempotencyId: string;
}
export interface ListRequest {
  action: "list";
  account: string;
  folder: "inbox" | "junk" | "sent";
  sinceUtc: string;
  limit: number;
}
export type Request = { action: "ping" } | SendRequest | FindRequest | ListRequest;

type Fields = { [name: string]: unknown };

var KEY = /^[A-Za-z0-9_-]{8,64}$/;
// Nothing that separates, quotes or comments in an address list: one string is one recipient.
var ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/;
var CONTROL = /[\x00-\x1f\x7f-\x9f]/;
// Tabs and line ends are text; a carriage return alone is not a line end any mail program agrees on.
var HARMFUL_IN_BODY = /[\x00-\x08\x0b\x0c\x0e-\x1f]|\r(?!\n)/;
var MAX_BODY = 1000000;
var MAX_SUBJECT = 998;

function wrong(field: string): Error {
  return failure("invalid", `the request's "${field}" is missing or wrong`);
}

function text(fields: Fields, name: string, allowed: RegExp): string {
  var value = fields[name];
  if (typeof value !== "string" || !allowed.test(value)) throw wrong(name);
  return value;
}

function checkSend(fields: Fields): void {
  var to = fields.to as string[] | undefined;
  if (!(to instanceof Array) || to.length === 0) throw wrong("to");
  for (var i = 0; i < to.length; i++) if (!ADDRESS.test(String(to[i]))) throw wrong("to");
  var subject = text(fields, "subject", /^/);
  if (CONTROL.test(subject) || subject.length > MAX_SUBJECT) throw wrong("subject");
  var body = text(fields, "bodyText", /^/);
  if (body.length > MAX_BODY) throw failure("invalid", `the body is longer than ${MAX_BODY} characters`);
  if (HARMFUL_IN_BODY.test(body)) throw failure("invalid", "the body holds control characters");
  if (fields.replyToEntryId !== undefined) text(fields, "replyToEntryId", /^[0-9A-Za-z+\x2f=_-]+$/);
  if (fields.listUnsubscribe !== undefined) checkUnsubscribe(fields.listUnsubscribe as Fields | null);
}

function checkUnsubscribe(fields: Fields | null): void {
  if (!fields) throw wrong("listUnsubscribe");
  // RFC 2369: an angle bracket, a quote or a space would end the address early.
  text(fields, "mailto", /^mailto:[!#-;=?-~]+$/);
  if (fields.url !== undefined) text(fields, "url", /^https?:\/\/[!#-;=?-~]+$/);
}

function checkList(fields: Fields): void {
  text(fields, "folder", /^(?:inbox|junk|sent)$/);
  if (fromIso(text(fields, "sinceUtc", /^/)) === null) throw wrong("sinceUtc");
  var limit = fields.limit;
  if (typeof limit !== "number" || !(limit >= 1 && limit <= 500)) throw wrong("limit");
}

/**
 * Looks at every field once more, at the last place before Outlook: a value that could become a second recipient, a
 * header of its own or part of a filter never gets further. Throws a failure of the kind `invalid`.
 */
export function checkRequest(value: unknown): Request {
  var fields = value as Fields | null;
  if (!fields) throw wrong("action");
  var action = fields.action;
  if (action === "ping") return fields as unknown as Request;
  if (action !== "send" && action !== "find" && action !== "list") throw wrong("action");
  text(fields, "account", ADDRESS);
  if (action === "list") checkList(fields);
  else text(fields, "idempotencyId", KEY);
  if (action === "send") checkSend(fields);
  return fields as unknown as Request;
}
