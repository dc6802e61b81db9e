import { DownloadIcon } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { formatCount } from "@/components/words/numbers";

export type ImportView = {
  id: string;
  fileName: string;
  rows: number;
  saved: number;
  /** Rows that brought no contact; null when they are not kept any more */
  left: number | null;
};

/** How far the rows of a file are saved, and the way back to what each of them did. */
export function ImportProgress({ view, status }: { view: ImportView; status: string }) {
  const { id, fileName, rows, saved, left } = view;
  return (
    <div className="grid gap-2">
      <p>
        From <span className="font-semibold break-all">{fileName}</span>; CoStar is asked nothing.
      </p>
      <Progress value={saved} max={Math.max(1, rows)} aria-label="Rows saved" />
      <p className="tabular-nums" role="status">
        {formatCount(saved)} of {formatCount(rows)} rows {status === "completed" ? "done" : "worked through"}
        {status === "cancelled" && "; what was saved is kept"}.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button asChild variant="outline">
          <Link href={`/searches/imports/${id}`}>See what each row did</Link>
        </Button>
        {left !== null && left > 0 && (
          <Button asChild variant="outline">
            <a href={`/api/imports/${id}/skipped`} download>
              <DownloadIcon /> Download the {formatCount(left)} rows without a contact
            </a>
          </Button>
        )}
      </div>
    </div>
  );
}
