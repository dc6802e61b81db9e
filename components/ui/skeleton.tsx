import type * as React from "react";
import { cn } from "@/components/ui/cn";

/** Give it the size of what is coming; it shows itself only when the wait is longer than 150 ms. */
function Skeleton({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="skeleton"
      aria-hidden="true"
      className={cn("pulse-late rounded-md bg-muted", className)}
      {...props}
    />
  );
}

export { Skeleton };
