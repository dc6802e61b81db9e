"use client";

import { LinkIcon, SearchIcon } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FoundContact } from "@/lib/replies/find-contacts";
import type { SuggestedMatch } from "@/lib/replies/suggest-matches";
import { SuggestedMatches } from "./suggested-matches";

type LinkContactProps = {
  emailId: string;
  address: string | null;
  suggested: readonly SuggestedMatch[];
  /** What to look for first. */
  guess: string;
  onSearch: Action<{ words: string }, readonly FoundContact[]>;
  onLink: Action<{ emailId: string; contactId: string }, { held: boolean }>;
};

/** Says whose an unmatched mail is: one of the suggested contacts, or another that is looked up. */
export function LinkContact(props: LinkContactProps) {
  const { emailId, address, suggested, guess, onSearch, onLink } = props;
  const { pending, act } = useAct();
  const [found, setFound] = useState<readonly FoundContact[] | null>(null);
  function search(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget).get("words") ?? "");
    act("Nothing was looked up.", () => onSearch({ words }), setFound);
  }
  function choose(contact: { id: string; name: string }) {
    act(
      "The mail was not linked.",
      () => onLink({ emailId, contactId: contact.id }),
      ({ held }) =>
        toast.success(`Linked to ${contact.name}.`, {
          description: held
            ? "Their sequence is held until you have read the mail. File it to say what happens next."
            : "No sequence of theirs runs. File the mail to say what happens next.",
        }),
    );
  }
  return (
    <div className="grid gap-3">
      <SuggestedMatches matches={suggested} address={address} pending={pending} onChoose={choose} />
      <form onSubmit={search} className="flex items-end gap-2" noValidate>
        <Field label="Contact, address or company" className="flex-1">
          {(control) => <Input {...control} name="words" defaultValue={guess} maxLength={120} />}
        </Field>
        <SubmitButton variant="outline" pending={pending}>
          <SearchIcon /> Find
        </SubmitButton>
      </form>
      <ul aria-live="polite" className="grid gap-2 empty:hidden">
        {found?.length === 0 && (
          <li className="text-muted-foreground">No contact matches. Try a name or a domain.</li>
        )}
        {found?.map((contact) => (
          <li
            key={contact.id}
            className="flex items-center justify-between gap-3 rounded-md border px-3 py-2"
          >
            <span className="min-w-0">
              <span className="block truncate font-semibold">{contact.name}</span>
              <span className="block truncate text-xs text-muted-foreground">
                {[contact.email, contact.company].filter(Boolean).join(" · ")}
              </span>
            </span>
            <Button variant="outline" size="sm" disabled={pending} onClick={() => choose(contact)}>
              <LinkIcon /> Link<span className="sr-only"> to {contact.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
