export const ACCOUNT = "desk@example.com";

export const SEND = {
  action: "send" as const,
  account: ACCOUNT,
  idempotencyId: "up-0123456789",
  to: ["owner@oak.example"],
  subject: "Grüße € – “12 Main St”",
  bodyText: "a\nb\r\nc\td",
};

export function find(idempotencyId: string = SEND.idempotencyId) {
  return { action: "find" as const, account: ACCOUNT, idempotencyId };
}

export function list(change: object = {}) {
  return {
    action: "list" as const,
    account: ACCOUNT,
    folder: "inbox",
    sinceUtc: "2026-01-01T00:00:00Z",
    limit: 100,
    ...change,
  };
}
