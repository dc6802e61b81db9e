"use client";

import { useSyncExternalStore } from "react";
import { onTick, readClock } from "./clock";
import { describeDistance, describeMoment, describeMomentShort } from "./moment";

type TimeTextProps = {
  iso: string;
  zone: string | undefined;
  show: "relative" | "absolute" | "both";
  className: string | undefined;
  /** When the server rendered it, epoch ms: the first client render uses it too, so both say the same. */
  renderedAt: number;
};

const readViewerZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const never = () => () => undefined;

export function TimeText({ iso, zone, show, className, renderedAt }: TimeTextProps) {
  const now = new Date(useSyncExternalStore(onTick, readClock, () => renderedAt));
  const viewerZone = useSyncExternalStore(never, readViewerZone, () => "UTC");
  const at = new Date(iso);
  const said = zone ?? viewerZone;
  const full = describeMoment(at, said);
  const texts = {
    relative: () => describeDistance(at, said, now),
    absolute: () => describeMomentShort(at, said, now),
    both: () => `${describeMomentShort(at, said, now)} (${describeDistance(at, said, now)})`,
  };
  return (
    // Inside a client tree server and browser each read their own clock; a second's difference is no error.
    <time dateTime={iso} title={full} className={className} suppressHydrationWarning>
      {texts[show]()}
    </time>
  );
}
