"use client";

import { useEffect, useSyncExternalStore } from "react";
import { markSeen, onSeenChange, readSeen } from "./seen-mails";

const nothingSeen = () => null;

/** A dot before a mail nobody has opened in this browser; said aloud as well. */
export function UnreadDot({ emailId }: { emailId: string }) {
  const seen = useSyncExternalStore(onSeenChange, readSeen, nothingSeen);
  if (seen === null || seen.includes(emailId)) return null;
  return (
    <span title="Unread" className="mr-1.5 inline-block size-2 shrink-0 rounded-full bg-primary align-middle">
      <span className="sr-only">Unread: </span>
    </span>
  );
}

/** Notes that the mail was opened. */
export function MarkSeen({ emailId }: { emailId: string }) {
  useEffect(() => markSeen(emailId), [emailId]);
  return null;
}
