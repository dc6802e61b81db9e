import type * as React from "react";
import { cn } from "@/components/ui/cn";

/** A key's name, beside the control that does the same. Hidden where there is no keyboard to press. */
function Kbd({ className, ...props }: React.ComponentProps<"kbd">) {
  return (
    <kbd
      data-slot="kbd"
      className={cn(
        "inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-muted px-1 font-sans text-2xs font-normal text-muted-foreground select-none touch:hidden",
        className,
      )}
      {...props}
    />
  );
}

export { Kbd };
