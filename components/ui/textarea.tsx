import type * as React from "react";
import { cn } from "@/components/ui/cn";
import { controlClass } from "./input";

function Textarea({ className, ...props }: React.ComponentProps<"textarea">) {
  return (
    <textarea
      data-slot="textarea"
      className={cn(controlClass, "field-sizing-content min-h-20 py-2", className)}
      {...props}
    />
  );
}

export { Textarea };
