import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type EmptyStateProps = {
  icon?: LucideIcon;
  /** What is not there: "No replies wait for you". */
  title: string;
  /** What to do next, or when it will fill. */
  children?: ReactNode;
  /** A button or link that does it. */
  action?: ReactNode;
  className?: string;
};

function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div
      data-slot="empty-state"
      className={cn(
        "flex flex-col items-center justify-center gap-2 rounded-lg border border-dashed px-4 py-10 text-center",
        className,
      )}
    >
      {Icon && <Icon aria-hidden="true" className="size-6 text-muted-foreground" />}
      <p className="font-semibold">{title}</p>
      {children && <div className="max-w-prose text-sm text-balance text-muted-foreground">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

export { EmptyState };
