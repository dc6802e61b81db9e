import { cva, type VariantProps } from "class-variance-authority";
import type * as React from "react";
import { cn } from "@/components/ui/cn";

const alertVariants = cva(
  "relative grid w-full grid-cols-[0_1fr] items-start gap-y-1 rounded-lg border px-4 py-3 text-sm has-[>svg]:grid-cols-[1rem_1fr] has-[>svg]:gap-x-3 [&>svg]:size-4 [&>svg]:translate-y-0.5",
  {
    variants: {
      variant: {
        default: "bg-card text-card-foreground",
        positive: "border-positive-line bg-positive-soft text-positive",
        attention: "border-attention-line bg-attention-soft text-attention",
        danger: "border-danger-line bg-danger-soft text-danger",
        info: "border-info-line bg-info-soft text-info",
      },
    },
    defaultVariants: { variant: "default" },
  },
);

/** `live` for what appears while the page is open: it is then read out at once. Not for what was there from the start. */
function Alert({
  className,
  variant,
  live = false,
  ...props
}: React.ComponentProps<"div"> & VariantProps<typeof alertVariants> & { live?: boolean }) {
  return (
    <div
      data-slot="alert"
      role={live ? "alert" : undefined}
      className={cn(alertVariants({ variant }), className)}
      {...props}
    />
  );
}

function AlertTitle({ className, ...props }: React.ComponentProps<"p">) {
  return <p data-slot="alert-title" className={cn("col-start-2 font-semibold", className)} {...props} />;
}

function AlertDescription({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="alert-description"
      className={cn("col-start-2 grid justify-items-start gap-2 text-foreground", className)}
      {...props}
    />
  );
}

export { Alert, AlertDescription, AlertTitle };
