import { BuildingIcon } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function SearchNotFound() {
  return (
    <EmptyState
      icon={BuildingIcon}
      title="There is no such search"
      action={
        <Button asChild>
          <Link href="/searches">Show all searches</Link>
        </Button>
      }
    >
      The address may be cut off or mistyped. Searches are never deleted.
    </EmptyState>
  );
}
