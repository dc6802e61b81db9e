"use client";

import { ArrowDownIcon, ArrowUpIcon } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { type Answer, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { toast } from "@/components/ui/sonner";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/words/time";

interface PlanContact {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly email: string | null;
  readonly company: string | null;
  readonly property: string | null;
  readonly reason: string | null;
  readonly isDropped: boolean;
  /** When their first mail is due, and in which zone they read it */
  readonly firstDueAt: string | null;
  readonly timeZone: string;
  readonly previewHref: string;
}

export interface SortLink {
  readonly href: string;
  /** How the list is ordered by this column now, if it is */
  readonly now: "up" | "down" | null;
}

interface PlanContactsProps {
  readonly campaignId: string;
  readonly contacts: readonly PlanContact[];
  readonly isLeftOut: boolean;
  /** False once nothing can be changed any more. */
  readonly canChange: boolean;
  readonly sorts: { readonly name: SortLink; readonly company: SortLink; readonly firstMail: SortLink };
  /** The words searched for and how many contacts they find, when something is searched for */
  readonly search: { readonly words: string; readonly matches: number } | null;
  readonly onRevise: (input: {
    campaignId: string;
    drop?: string[];
    restore?: string[];
    dropMatching?: { q: string };
    restoreMatching?: { q: string };
  }) => Promise<Answer>;
}

/** The plan's contacts; chosen ones can be dropped, dropped ones restored, and the plan is made again at once. */
export function PlanContacts({
  campaignId,
  contacts,
  isLeftOut,
  canChange,
  sorts,
  search,
  onRevise,
}: PlanContactsProps) {
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const { pending, act } = useAct();
  const choosable = contacts.filter((contact) => canChange && (!isLeftOut || contact.isDropped));
  const toggle = (id: string) =>
    choose((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const change = (all?: string) => {
    const ids = [...chosen];
    const match = all ? { q: all } : undefined;
    const changes = isLeftOut
      ? match
        ? { restoreMatching: match }
        : { restore: ids }
      : match
        ? { dropMatching: match }
        : { drop: ids };
    act(
      "The plan was not changed.",
      () => onRevise({ campaignId, ...changes }),
      () => {
        choose(new Set());
        toast.success(isLeftOut ? "Restored, and planned again." : "Dropped, and planned again.");
      },
    );
  };
  if (contacts.length === 0)
    return (
      <EmptyState title={isLeftOut ? "Nobody is left out" : "Nobody matches"}>
        {isLeftOut
          ? "Every contact the search found will be mailed."
          : "Try another part of the name or address."}
      </EmptyState>
    );
  return (
    <div className="grid gap-2">
      <div className="overflow-x-auto rounded-lg border bg-card">
        <Table>
          <TableHeader>
            <TableRow>
              {choosable.length > 0 && (
                <TableHead className="w-10">
                  <Checkbox
                    aria-label="Choose everybody on this page"
                    checked={choosable.every((contact) => chosen.has(contact.id))}
                    onCheckedChange={(on) =>
                      choose(new Set(on === true ? choosable.map((contact) => contact.id) : []))
                    }
                  />
                </TableHead>
              )}
              <SortHead {...sorts.name}>Contact</SortHead>
              <SortHead {...sorts.company}>Company</SortHead>
              <TableHead>Property</TableHead>
              {isLeftOut ? (
                <TableHead>Why left out</TableHead>
              ) : (
                <SortHead {...sorts.firstMail}>First mail</SortHead>
              )}
            </TableRow>
          </TableHeader>
          <TableBody>
            {contacts.map((contact) => (
              <TableRow key={contact.id}>
                {choosable.length > 0 && (
                  <TableCell>
                    <Checkbox
                      aria-label={`Choose ${contact.name}`}
                      disabled={!choosable.includes(contact)}
                      checked={chosen.has(contact.id)}
                      onCheckedChange={() => toggle(contact.id)}
                    />
                  </TableCell>
                )}
                <TableCell>
                  {isLeftOut ? (
                    <span className="font-semibold">{contact.name}</span>
                  ) : (
                    <Link href={contact.previewHref} replace scroll={false} className="font-semibold">
                      {contact.name}
                    </Link>
                  )}
                  <span className="block text-xs text-muted-foreground">
                    {[contact.title, contact.email].filter(Boolean).join(" · ")}
                  </span>
                </TableCell>
                <TableCell>{contact.company ?? "–"}</TableCell>
                <TableCell>{contact.property ?? "–"}</TableCell>
                <TableCell>
                  {isLeftOut ? (
                    contact.reason
                  ) : (
                    <Time iso={contact.firstDueAt} zone={contact.timeZone} show="absolute" />
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      {chosen.size > 0 && (
        <div className="flex flex-wrap items-center gap-3">
          <Button variant="outline" onClick={() => change()} disabled={pending} aria-busy={pending}>
            {isLeftOut ? "Restore" : "Drop"} {chosen.size} contact{chosen.size === 1 ? "" : "s"} and plan
            again
          </Button>
          <span className="text-xs text-muted-foreground">The plan changes, so it gets a new approval.</span>
        </div>
      )}
      {canChange && search && search.matches > contacts.length && (
        <div className="flex flex-wrap items-center gap-3">
          <Button
            variant="outline"
            onClick={() => change(search.words)}
            disabled={pending}
            aria-busy={pending}
          >
            {isLeftOut
              ? `Restore everybody dropped that “${search.words}” finds`
              : `Drop all ${search.matches.toLocaleString("en-US")} that “${search.words}” finds`}
          </Button>
        </div>
      )}
    </div>
  );
}

function SortHead({ href, now, children }: SortLink & { children: React.ReactNode }) {
  return (
    <TableHead aria-sort={now === "up" ? "ascending" : now === "down" ? "descending" : "none"}>
      <Link href={href} scroll={false} className="inline-flex items-center gap-1 touch:min-h-11">
        {children}
        {now === "up" && <ArrowUpIcon aria-hidden="true" className="size-3.5" />}
        {now === "down" && <ArrowDownIcon aria-hidden="true" className="size-3.5" />}
      </Link>
    </TableHead>
  );
}
