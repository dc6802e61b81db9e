"use client";

import { UserPlusIcon } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ContactDraft } from "@/lib/replies/contact-draft";
import { DismissButton } from "./dismiss-button";

export type TakeContact = Action<
  { proposalId: string; name: string; email: string; phone: string; title: string },
  { outcome: string; known?: boolean | undefined; decidedBy?: string | null | undefined }
>;

type ContactProposalProps = {
  proposalId: string;
  draft: ContactDraft;
  company: string | null;
  pending: boolean;
  onTake: TakeContact;
  onDismiss: (reason: string) => void;
};

/** Somebody a reply refers us to. Taking it creates the contact and writes to nobody. */
export function ContactProposal(props: ContactProposalProps) {
  const { proposalId, draft, company, onTake, onDismiss } = props;
  const { pending: taking, act } = useAct();
  const [missing, setMissing] = useState(false);
  const pending = props.pending || taking;
  function take(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const read = (name: string) => String(data.get(name) ?? "").trim();
    const edits = { name: read("name"), email: read("email"), phone: read("phone"), title: read("title") };
    setMissing(!edits.name && !edits.email);
    if (!edits.name && !edits.email) return;
    act(
      "The contact was not added.",
      () => onTake({ proposalId, ...edits }),
      ({ outcome, known, decidedBy }) => {
        if (outcome !== "accepted") toast.info(`${decidedBy ?? "Somebody"} decided it before.`);
        else if (known) toast.success("We know this address already; it is linked to that contact.");
        else toast.success(`${edits.name || edits.email} is a contact now.`);
      },
    );
  }
  return (
    <form onSubmit={take} className="grid gap-3" noValidate>
      <p className="text-muted-foreground">
        {company
          ? `Adding makes them a contact of ${company}.`
          : "Adding makes them a contact without a company."}{" "}
        Nothing is sent to them until a campaign with them is approved.
      </p>
      {draft.words && <q className="break-words text-xs text-muted-foreground">{draft.words}</q>}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name" error={missing ? "A name or an address is needed." : undefined}>
          {(control) => <Input {...control} name="name" defaultValue={draft.name} maxLength={200} />}
        </Field>
        <Field label="E-mail">
          {(control) => (
            <Input {...control} type="email" name="email" defaultValue={draft.email ?? ""} maxLength={320} />
          )}
        </Field>
        <Field label="Phone">
          {(control) => (
            <Input {...control} type="tel" name="phone" defaultValue={draft.phone ?? ""} maxLength={40} />
          )}
        </Field>
        <Field label="Role">
          {(control) => <Input {...control} name="title" defaultValue={draft.title ?? ""} maxLength={100} />}
        </Field>
      </div>
      <div className="flex flex-wrap gap-2">
        <SubmitButton pending={pending}>
          <UserPlusIcon /> Add this contact
        </SubmitButton>
        <DismissButton
          what="this contact"
          description="Nobody is added. Your reason stays with the proposal."
          pending={pending}
          onDismiss={onDismiss}
        />
      </div>
    </form>
  );
}
