import { NO_VALUE } from "./numbers";
import { TimeText } from "./time-text";

type TimeProps = {
  /** An ISO 8601 moment; nothing is shown as a dash. */
  iso: string | null | undefined;
  /** IANA zone the absolute time is said in. Without one: the viewer's own (UTC until the page has woken). */
  zone?: string;
  /** `relative` (default): "4 min ago", the absolute in the title. `absolute`: "Tue 3 Nov 16:50 PST". `both`. */
  show?: "relative" | "absolute" | "both";
  className?: string;
};

/** A moment, as people say it. From a server component the first paint and the hydrated page say the same. */
export function Time({ iso, zone, show = "relative", className }: TimeProps) {
  if (!iso || Number.isNaN(Date.parse(iso))) return <span className={className}>{NO_VALUE}</span>;
  return <TimeText iso={iso} zone={zone} show={show} className={className} renderedAt={Date.now()} />;
}
