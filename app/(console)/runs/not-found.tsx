import { BotIcon } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function RunNotFound() {
  return (
    <EmptyState
      icon={BotIcon}
      title="There is no such run"
      action={
        <Button asChild>
          <Link href="/runs">Show the runs</Link>
        </Button>
      }
    >
      The engine does not know it: the address may be mistyped, or the engine has forgotten runs this old.
    </EmptyState>
  );
}
