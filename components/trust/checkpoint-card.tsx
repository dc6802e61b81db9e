import { LockIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { sayOthers } from "@/components/trust/trust-words";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/words/time";
import type { CheckpointTrust } from "@/lib/trust/load-trust";
import { saySuggestion } from "./checkpoint-suggestion";
import { CHECKPOINT_WORDS } from "./checkpoint-words";

type CheckpointCardProps = {
  trust: CheckpointTrust;
  /** The desk's zone, in which an end was given. */
  zone: string;
  /** The switch; none where the mode is fixed. */
  control: ReactNode;
  chart: ReactNode;
};

/** One checkpoint: its mode and what that does, what people made of its proposals, and whether auto is earned. */
export function CheckpointCard({ trust, zone, control, chart }: CheckpointCardProps) {
  const { checkpoint, mode, recent } = trust;
  const words = CHECKPOINT_WORDS[checkpoint];
  const fixed = checkpoint === "extraction";
  return (
    <li className="grid gap-3 border-b px-4 py-4 last:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-sm font-semibold">{words.title}</h3>
        {fixed ? (
          <Badge variant="outline">
            <LockIcon aria-hidden="true" /> Always plan
          </Badge>
        ) : (
          <Badge variant={mode === "auto" ? "info" : "outline"}>{mode === "auto" ? "Auto" : "Plan"}</Badge>
        )}
        {trust.autoUntil && (
          <span className="text-muted-foreground">
            until <Time iso={trust.autoUntil} zone={zone} show="absolute" />
          </span>
        )}
        <Link
          href={`/settings/checkpoints/${checkpoint}`}
          className="ml-auto text-primary underline-offset-4 hover:underline touch:min-h-11 touch:content-center"
        >
          Evidence and history
        </Link>
      </div>
      <p>
        {fixed
          ? `${words.plan} Auto is ${words.auto.charAt(0).toLowerCase()}${words.auto.slice(1)}`
          : mode === "auto"
            ? words.auto
            : words.plan}
      </p>
      {trust.scopeWords && <p>Limited to {trust.scopeWords}. Anything else is asked about as in plan.</p>}
      <div className="grid gap-0.5">
        <p>
          <span className="font-semibold">{firstUpper(recent.sentence)}.</span>
          {recent.decisions > recent.unchanged && ` Of the rest, ${sayOthers(recent)}.`}
        </p>
        <p className="text-muted-foreground">
          {saySuggestion(trust)}
          {recent.since && (
            <>
              {" "}
              Counted from when auto was taken back, <Time iso={recent.since} />.
            </>
          )}
        </p>
        <p className="text-xs text-muted-foreground">
          {sayAuthor(trust)} · <Time iso={trust.updatedAt} />
          {trust.reason && ` · “${trust.reason}”`}
        </p>
      </div>
      {control}
      {chart}
    </li>
  );
}

function sayAuthor({ updatedBy, reason }: CheckpointTrust): string {
  if (updatedBy !== "system") return `Changed by ${updatedBy}`;
  return reason ? "Put into plan by the system" : "As installed";
}

function firstUpper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
