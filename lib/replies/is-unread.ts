interface Readable {
  readonly status: string;
  readonly snoozed_until: string | null;
  /** When this operator opened it; row-level security leaves out everybody else. */
  readonly reply_reads: readonly { readonly read_at: string | null }[];
}

/** Whether a waiting mail has not been opened by this operator, or not since it came back from being put off. */
export function isUnread(mail: Readable, now: Date): boolean {
  if (mail.status !== "needs_person") return false;
  const back = mail.snoozed_until === null ? 0 : Date.parse(mail.snoozed_until);
  const since = back > now.getTime() ? 0 : back;
  return !mail.reply_reads.some(({ read_at }) => read_at !== null && Date.parse(read_at) >= since);
}
