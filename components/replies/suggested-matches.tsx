"use client";

import { LinkIcon } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { SuggestedMatch } from "@/lib/replies/suggest-matches";

type SuggestedMatchesProps = {
  matches: readonly SuggestedMatch[];
  /** "J. Marquez <jm@example.com>", whose address is remembered. */
  address: string | null;
  pending: boolean;
  onChoose: (contact: { id: string; name: string }) => void;
};

/** Contacts an unmatched mail may be from, each with the evidence; one press links it. */
export function SuggestedMatches({ matches, address, pending, onChoose }: SuggestedMatchesProps) {
  if (matches.length === 0)
    return <p className="text-muted-foreground">Nobody we know fits. Look for the contact below.</p>;
  return (
    <div className="grid gap-2">
      <p className="break-words text-muted-foreground">
        Linking holds their sequence, where one runs, until the mail is read
        {address && (
          <>
            {" "}
            and remembers <span className="text-foreground">{address}</span> as theirs
          </>
        )}
        .
      </p>
      <ul className="grid gap-2" aria-label="Suggested contacts">
        {matches.map((match) => (
          <li key={match.contactId} className="grid gap-2 rounded-md border px-3 py-2">
            <span className="min-w-0 break-words">
              <span className="font-semibold">{match.name}</span>{" "}
              <span className="text-xs text-muted-foreground">
                {[match.email, match.company].filter(Boolean).join(" · ")}
              </span>
              <span className="block text-xs">Because: {match.why}.</span>
            </span>
            <Button
              variant="outline"
              size="sm"
              disabled={pending}
              onClick={() => onChoose({ id: match.contactId, name: match.name })}
            >
              <LinkIcon /> It is {match.name}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
