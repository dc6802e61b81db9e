"use client";

import { MailIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/sonner";

type ReadMarkProps = {
  emailId: string;
  unread: boolean;
  listHref: string;
  onMark: Action<{ emailId: string; read: boolean }>;
};

/** Notes that the operator has opened the mail, and takes that back: the mail is then left, unread again. */
export function ReadMark({ emailId, unread, listHref, onMark }: ReadMarkProps) {
  const router = useRouter();
  const { pending, act } = useAct();
  // Opened is opened once: a page that is rendered anew must not read again what was just marked unread.
  const noted = useRef(!unread);
  useEffect(() => {
    if (noted.current) return;
    noted.current = true;
    // A mark that gets lost leaves the mail unread, which hides nothing.
    onMark({ emailId, read: true }).catch(() => undefined);
  }, [emailId, onMark]);
  function markUnread() {
    act(
      "The mail was not marked unread.",
      () => onMark({ emailId, read: false }),
      () => {
        toast.success("Unread again, for you alone.");
        router.push(listHref);
      },
    );
  }
  useShortcuts({ ".": { label: "Mark unread", run: markUnread, disabled: pending } });
  return (
    <Button variant="outline" size="sm" disabled={pending} onClick={markUnread}>
      <MailIcon /> Mark unread <Kbd aria-hidden="true">.</Kbd>
    </Button>
  );
}
