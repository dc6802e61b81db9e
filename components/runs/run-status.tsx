import { BanIcon, CircleCheckIcon, CircleXIcon, ClockIcon, LoaderIcon } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { RunStatus } from "@/lib/runs/run-shape";

const WORDS = {
  queued: { text: "Queued", variant: "secondary", icon: ClockIcon },
  running: { text: "Running", variant: "info", icon: LoaderIcon },
  completed: { text: "Completed", variant: "positive", icon: CircleCheckIcon },
  failed: { text: "Failed", variant: "danger", icon: CircleXIcon },
  cancelled: { text: "Cancelled", variant: "secondary", icon: BanIcon },
} as const;

/** A run's or step's status as icon and words. */
export function RunStatusBadge({ status, text }: { status: RunStatus; text?: string }) {
  const { text: said, variant, icon: Icon } = WORDS[status];
  return (
    <Badge variant={variant} data-status={status}>
      <Icon aria-hidden="true" />
      {text ?? said}
    </Badge>
  );
}

export const RUN_STATUS_WORDS: Record<RunStatus, string> = {
  queued: WORDS.queued.text,
  running: WORDS.running.text,
  completed: WORDS.completed.text,
  failed: WORDS.failed.text,
  cancelled: WORDS.cancelled.text,
};
