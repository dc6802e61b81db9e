import { CopyIcon, FileSpreadsheetIcon } from "lucide-react";
import Link from "next/link";
import { PageHeader } from "@/components/shell/page-header";
import { Trail } from "@/components/shell/trail";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/words/status-badge";
import { describeCancel } from "@/lib/searches/describe-cancel";
import { describeNext } from "@/lib/searches/describe-next";
import { isCancellable } from "@/lib/searches/status-groups";
import { CancelSearchButton } from "./cancel-search-button";
import { RetrySearchButton } from "./retry-search-button";

type SearchHeaderProps = {
  search: {
    id: string;
    name: string;
    buyerName: string;
    status: string;
    statusReason: string | null;
    extractionStatus: string | null;
    sessionState: string;
    isImport: boolean;
    waiting: { id: string; checkpoint: string } | null;
  };
  onRetry: Parameters<typeof RetrySearchButton>[0]["onRetry"];
  onCancel: Parameters<typeof CancelSearchButton>[0]["onCancel"];
};

const REVIEW: Readonly<Record<string, string>> = {
  sourcing: "Review the payloads",
  extraction: "Review the extraction",
  campaign: "Review the campaign",
};

/** The search's name, what it is at, what happens next, and what a person can do about it. */
export function SearchHeader({ search, onRetry, onCancel }: SearchHeaderProps) {
  return (
    <>
      <PageHeader
        above={<Trail list="Searches" href="/searches" here={search.name} />}
        title={search.name}
        aside={<StatusBadge of="search" status={search.status} />}
        description={
          <>
            <p>For {search.buyerName}</p>
            <p className="text-foreground" aria-live="polite">
              {describeNext(search)}
            </p>
          </>
        }
        actions={
          <>
            {search.waiting && (
              <Button asChild>
                <Link href={`/approvals/${search.waiting.id}`}>
                  {REVIEW[search.waiting.checkpoint] ?? "Review it"}
                </Link>
              </Button>
            )}
            {waitsForSource(search) && (
              <Button asChild variant="outline">
                <Link href={`/searches/imports/new?search=${search.id}`}>
                  <FileSpreadsheetIcon /> Import an export instead
                </Link>
              </Button>
            )}
            <Button asChild variant="outline">
              <Link href={`/searches/new?from=${search.id}`}>
                <CopyIcon /> Duplicate
              </Link>
            </Button>
            {isCancellable(search.status) && (
              <CancelSearchButton
                searchId={search.id}
                effect={describeCancel(search.status)}
                onCancel={onCancel}
              />
            )}
          </>
        }
      />
      {search.status === "failed" && (
        <Alert variant="danger" className="mb-8">
          <AlertTitle>The search stopped</AlertTitle>
          <AlertDescription>
            <p className="break-words">{search.statusReason ?? "No reason was given."}</p>
            <RetrySearchButton searchId={search.id} onRetry={onRetry} />
          </AlertDescription>
        </Alert>
      )}
    </>
  );
}

/** Whether a file exported by hand may take the place of CoStar now. */
function waitsForSource({ status, extractionStatus, waiting }: SearchHeaderProps["search"]): boolean {
  return waiting?.checkpoint === "extraction" || (status === "extracting" && extractionStatus === "stopped");
}
