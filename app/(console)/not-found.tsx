import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A link to something that is not there, or not any more. */
export default function NotFound() {
  return (
    <EmptyState
      title="There is nothing at this address"
      action={
        <Button asChild>
          <Link href="/">Go to the queue</Link>
        </Button>
      }
    >
      It may have been mistyped, or it never was on this desk.
    </EmptyState>
  );
}
