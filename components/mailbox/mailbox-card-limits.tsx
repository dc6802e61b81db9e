"use client";

import { useState } from "react";
import type { Action } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import type { MailboxLimitsInput } from "@/lib/mailbox/mailbox-limits-input";
import type { MailboxState } from "@/lib/mailbox/mailboxes";
import { MailboxLimitsForm } from "./mailbox-limits-form";

/** Opens the form for a mailbox's limits within its card. */
export function MailboxLimits({
  mailbox,
  onSave,
}: {
  mailbox: MailboxState;
  onSave: Action<MailboxLimitsInput>;
}) {
  const [editing, setEditing] = useState(false);
  if (editing)
    return (
      <MailboxLimitsForm
        mailbox={mailbox}
        today={mailbox.today}
        onSave={onSave}
        onClose={() => setEditing(false)}
      />
    );
  return (
    <Button variant="outline" size="sm" className="justify-self-start" onClick={() => setEditing(true)}>
      Change the limits<span className="sr-only"> of {mailbox.address}</span>
    </Button>
  );
}
