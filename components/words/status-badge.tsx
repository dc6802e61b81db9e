import { Badge } from "@/components/ui/badge";
import { readStatus, type StatusOf } from "./status-words";

type StatusBadgeProps = {
  /** What carries the status: a search, an approval, a send … */
  of: StatusOf;
  /** The word as the database spells it. */
  status: string;
  className?: string;
};

/** A status as icon and words; its colour only repeats them. */
export function StatusBadge({ of, status, className }: StatusBadgeProps) {
  const { text, tone, icon: Icon } = readStatus(of, status);
  return (
    <Badge variant={tone === "neutral" ? "secondary" : tone} className={className} data-status={status}>
      <Icon aria-hidden="true" />
      {text}
    </Badge>
  );
}
