import { ContactIcon } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function ContactNotFound() {
  return (
    <EmptyState
      icon={ContactIcon}
      title="There is no such contact"
      action={
        <Button asChild>
          <Link href="/contacts">Show all contacts</Link>
        </Button>
      }
    >
      The address may be cut off or mistyped. Contacts are never deleted.
    </EmptyState>
  );
}
