"use client";

import { PlayIcon } from "lucide-react";
import Link from "next/link";
import { type Action, useAct } from "@/components/shell/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/sonner";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import type { LoadedReply } from "@/lib/replies/load-reply";

type ContactPanelProps = Pick<LoadedReply, "sequences"> & {
  contact: NonNullable<LoadedReply["email"]["contacts"]>;
  company: LoadedReply["email"]["companies"];
  matchedBy: string | null;
  /** A held sequence may go on only once no mail of the contact waits. */
  waits: boolean;
  onResume: Action<{ contactId: string }>;
  /** Puts the mail away and lets the held sequence go on. */
  onFinishAndResume: Action<{ emailId: string; sequence: "resume" }, { finished: boolean }>;
  emailId: string;
};

const MATCHED: Record<string, string> = {
  thread: "by the thread it answers",
  address: "by its address",
  failed_recipient: "by the address that failed",
  person: "by a person",
};

/** Who wrote, and what became of their sequence. */
export function ContactPanel(props: ContactPanelProps) {
  const { emailId, contact, company, sequences, matchedBy, waits, onResume, onFinishAndResume } = props;
  const { pending, act } = useAct();
  const held = sequences.some((sequence) => sequence.status === "paused");
  function finishAndResume() {
    act(
      "The mail was not put away.",
      () => onFinishAndResume({ emailId, sequence: "resume" }),
      ({ finished }) =>
        finished
          ? toast.success("Put away; the sequence goes on unless another mail of theirs waits.")
          : toast.info("Somebody has put it away before, or it is still being read."),
    );
  }
  useShortcuts({
    r: {
      label: "Put away and let the sequence go on",
      run: finishAndResume,
      disabled: pending || !held || !waits,
    },
  });
  return (
    <div className="grid gap-3">
      <div className="grid gap-0.5">
        <Link
          href={`/contacts/${contact.id}`}
          className="inline-flex items-center font-semibold break-words text-primary underline-offset-4 hover:underline touch:min-h-11"
        >
          {contact.full_name}
        </Link>
        {contact.title && <span className="text-muted-foreground">{contact.title}</span>}
        {company && <span>{company.name}</span>}
        <span className="break-all text-muted-foreground">{contact.email}</span>
        {matchedBy && (
          <span className="text-xs text-muted-foreground">Matched {MATCHED[matchedBy] ?? matchedBy}</span>
        )}
      </div>
      {(contact.do_not_contact_at || company?.do_not_contact_at) && (
        <Badge variant="danger">
          Do-not-contact{company?.do_not_contact_at ? ", the whole company" : ""}
        </Badge>
      )}
      {sequences.length > 0 && (
        <ul className="grid gap-2 border-t pt-3">
          {sequences.map((sequence) => (
            <li key={sequence.id} className="grid gap-1">
              <span className="flex flex-wrap items-center justify-between gap-2">
                <Link
                  href={`/campaigns/${sequence.campaign_id}`}
                  className="min-w-0 truncate underline-offset-4 hover:underline touch:leading-11"
                >
                  {sequence.campaigns.name}
                </Link>
                <StatusBadge of="enrollment" status={sequence.status} />
              </span>
              {sequence.properties && (
                <span className="text-xs text-muted-foreground">
                  {[sequence.properties.address, sequence.properties.city].filter(Boolean).join(", ")}
                </span>
              )}
              {sequence.reason && <span className="text-xs text-muted-foreground">{sequence.reason}</span>}
              {sequence.resume_at && (
                <span className="text-xs text-muted-foreground">
                  Goes on <Time iso={sequence.resume_at} show="both" />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {held && !waits && (
        <Button
          variant="outline"
          size="sm"
          disabled={pending}
          onClick={() =>
            act(
              "The sequence does not go on.",
              () => onResume({ contactId: contact.id }),
              () => toast.success("The sequence goes on in its send windows."),
            )
          }
        >
          <PlayIcon /> Let the sequence go on
        </Button>
      )}
      {held && waits && (
        <div className="grid gap-2">
          <p className="text-xs text-muted-foreground">
            The sequence is held until this mail is filed or put away. Done ends it.
          </p>
          <Button variant="outline" size="sm" disabled={pending} onClick={finishAndResume}>
            <PlayIcon /> Put away, sequence goes on <Kbd aria-hidden="true">r</Kbd>
          </Button>
        </div>
      )}
    </div>
  );
}
