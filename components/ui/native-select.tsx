import { ChevronDownIcon } from "lucide-react";
import type * as React from "react";
import { cn } from "@/components/ui/cn";
import { controlClass } from "./input";

/** The browser's own select: works in a plain form without scripts, and as the phone's own wheel. */
function NativeSelect({ className, ...props }: React.ComponentProps<"select">) {
  return (
    <span data-slot="native-select" className={cn("relative block w-full", className)}>
      <select className={cn(controlClass, "h-9 appearance-none py-1 pr-8 touch:h-11")} {...props} />
      <ChevronDownIcon className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted-foreground" />
    </span>
  );
}

export { NativeSelect };
