import { FileSpreadsheetIcon } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";

/** The other way past the extraction checkpoint: a file exported from CoStar by hand. */
export function ImportInstead({ searchId }: { searchId: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border bg-card p-4">
      <p className="min-w-0 flex-1 basis-72 text-muted-foreground">
        Exported the list from CoStar by hand? Import it instead of running these payloads: no sign-in, no
        phone.
      </p>
      <Button asChild variant="outline">
        <Link href={`/searches/imports/new?search=${searchId}`}>
          <FileSpreadsheetIcon /> Import a CoStar export
        </Link>
      </Button>
    </div>
  );
}
