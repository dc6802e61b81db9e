import { MailQuestionIcon } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function ReplyNotFound() {
  return (
    <EmptyState
      icon={MailQuestionIcon}
      title="There is no such reply"
      action={
        <Button asChild>
          <Link href="/replies?tab=all">Show all replies</Link>
        </Button>
      }
    >
      The address may be cut off or mistyped. Mails are never deleted here.
    </EmptyState>
  );
}
