"use client";

import { CloudOffIcon } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A page that could not be made: what happened, what was kept, what to try. */
export default function ConsoleError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <EmptyState
      icon={CloudOffIcon}
      title="This page could not be made"
      action={<Button onClick={reset}>Try again</Button>}
    >
      Nothing was lost: every decision and every mail is in the database. Most often the database does not
      answer; the status bar says which part is down.
      {error.digest && (
        <span className="mt-1 block text-xs">The log has the details under {error.digest}.</span>
      )}
    </EmptyState>
  );
}
