interface SentMail {
  readonly id: string;
  readonly sent_at: string | null;
  readonly due_at: string;
}

interface ReceivedMail {
  readonly id: string;
  readonly received_at: string;
}

export type ThreadItem<Sent, Received, Here> =
  | { readonly kind: "sent"; readonly at: string; readonly mail: Sent }
  | { readonly kind: "received"; readonly at: string; readonly mail: Received }
  | { readonly kind: "this"; readonly at: string; readonly mail: Here };

/**
 * A correspondence in the order it happened, the mail that is looked at among it. What has not left yet stands where it
 * is due; of two at the same instant, ours comes first.
 */
export function buildThread<Sent extends SentMail, Received extends ReceivedMail, Here extends ReceivedMail>(
  here: Here,
  sent: readonly Sent[],
  received: readonly Received[],
): ThreadItem<Sent, Received, Here>[] {
  const items: ThreadItem<Sent, Received, Here>[] = [
    ...sent.map((mail) => ({ kind: "sent" as const, at: mail.sent_at ?? mail.due_at, mail })),
    ...received.map((mail) => ({ kind: "received" as const, at: mail.received_at, mail })),
    { kind: "this" as const, at: here.received_at, mail: here },
  ];
  return items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
