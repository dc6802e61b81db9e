import { find, list, SEND } from "./requests";

/** Requests no host may act on, by what is wrong with them. */
export const BAD: readonly (readonly [string, object])[] = [
  ["a second recipient hidden in an address", { ...SEND, to: ["a@b.example; c@d.example"] }],
  ["a line break in an address", { ...SEND, to: ["a@b.example\r\nBcc: c@d.example"] }],
  ["an address with a display name", { ...SEND, to: ["A <a@b.example>"] }],
  ["no recipient", { ...SEND, to: [] }],
  ["a recipient that is no text", { ...SEND, to: [{ evil: 1 }] }],
  ["a header hidden in the subject", { ...SEND, subject: "Hi\r\nBcc: c@d.example" }],
  ["a NUL in the subject", { ...SEND, subject: "Hi\u0000" }],
  ["a subject longer than a header line", { ...SEND, subject: "x".repeat(999) }],
  ["a NUL in the body", { ...SEND, bodyText: "a\u0000b" }],
  ["a bare carriage return in the body", { ...SEND, bodyText: "a\rb" }],
  ["a carriage return at the end of the body", { ...SEND, bodyText: "a\r" }],
  ["an escape sequence in the body", { ...SEND, bodyText: "\u001b[2J" }],
  ["a body of 5 MB", { ...SEND, bodyText: "x".repeat(5_000_000) }],
  ["a key that could end a filter", { ...SEND, idempotencyId: "x' or 1=1" }],
  ["a key that is too short to be one", find("short")],
  ["an account that is no address", { ...SEND, account: "desk" }],
  [
    "an unsubscribe address that opens another",
    { ...SEND, listUnsubscribe: { mailto: "mailto:a@b.c>, <x" } },
  ],
  [
    "an unsubscribe page that is a script",
    { ...SEND, listUnsubscribe: { mailto: "mailto:a@b.c", url: "javascript:1" } },
  ],
  ["a folder nobody defined", list({ folder: "drafts" })],
  ["a date that is none", list({ sinceUtc: "yesterday" })],
  ["a page of thousands", list({ limit: 501 })],
  ["a page of nothing", list({ limit: 0 })],
  ["an action nobody defined", { action: "delete" }],
];
