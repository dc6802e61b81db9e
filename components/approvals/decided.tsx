import Link from "next/link";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/words/time";

interface DecidedProps {
  readonly approval: {
    readonly id: string;
    readonly status: string;
    readonly decided_by: string | null;
    readonly decided_at: string | null;
    readonly feedback: string | null;
    readonly edits: unknown;
  };
  /** The revision that took its place. */
  readonly newest: { readonly id: string; readonly revision: number } | null;
  readonly onReopen: (input: { id: string }) => Promise<unknown>;
}

const WORDS: Readonly<Record<string, string>> = {
  approved: "Approved",
  rejected: "Rejected",
  changes_requested: "Changes were asked for",
  superseded: "Replaced by a newer revision",
  expired: "Nobody answered in time",
};

/** How an approval was answered, by whom, and with which words. */
export function Decided({ approval, newest, onReopen }: DecidedProps) {
  const reopen = async () => {
    "use server";
    await onReopen({ id: approval.id });
  };
  return (
    <Alert variant={approval.status === "approved" ? "positive" : "info"} className="mb-6">
      <AlertTitle>
        {WORDS[approval.status] ?? approval.status}
        {approval.decided_by && ` by ${approval.decided_by}`}{" "}
        {approval.decided_at && <Time iso={approval.decided_at} />}
        {approval.edits ? ", with edits" : ""}
      </AlertTitle>
      <AlertDescription>
        {approval.feedback && <p>“{approval.feedback}”</p>}
        {newest && (
          <p>
            <Link href={`/approvals/${newest.id}`} className="underline underline-offset-2">
              Open revision {newest.revision}
            </Link>
          </p>
        )}
        {approval.status === "expired" && (
          <form action={reopen}>
            <SubmitButton size="sm">Reopen it</SubmitButton>
          </form>
        )}
      </AlertDescription>
    </Alert>
  );
}
