import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";

type SectionProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Draws a card around the content; `flush` lets a table run to its edges. */
  frame?: "none" | "card" | "flush";
  className?: string;
  children: ReactNode;
};

export function Section({ title, description, actions, frame = "none", className, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn("mb-8 grid min-w-0 content-start gap-3", className)}>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="grid gap-0.5">
          <h2 id={id} className="text-base leading-6">
            {title}
          </h2>
          {description && <div className="max-w-prose text-muted-foreground">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {frame === "none" ? (
        children
      ) : (
        <div className={cn("min-w-0 overflow-hidden rounded-lg border bg-card", frame === "card" && "p-4")}>
          {children}
        </div>
      )}
    </section>
  );
}
