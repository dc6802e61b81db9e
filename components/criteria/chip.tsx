import { CheckIcon, PlusIcon, XIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

const chipClass =
  "inline-flex min-h-8 max-w-full items-center gap-1.5 rounded-full border px-3 text-left text-sm transition-colors touch:min-h-11 [&_svg]:size-3.5 [&_svg]:shrink-0";

/** Something picked; pressing it takes it away again. */
export function PickedChip({ label, ...props }: { label: string } & ComponentProps<"button">) {
  return (
    <button
      type="button"
      className={cn(chipClass, "border-primary bg-primary-soft text-primary hover:border-foreground")}
      {...props}
    >
      <span className="min-w-0 break-words">{label}</span>
      <XIcon aria-hidden="true" />
      <span className="sr-only">Remove</span>
    </button>
  );
}

/** Something that can be picked; it says whether it is. */
export function ToggleChip({
  label,
  pressed,
  ...props
}: { label: string; pressed: boolean } & ComponentProps<"button">) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      className={cn(
        chipClass,
        pressed
          ? "border-primary bg-primary-soft text-primary"
          : "border-input bg-card hover:bg-accent hover:text-accent-foreground",
      )}
      {...props}
    >
      {pressed ? <CheckIcon aria-hidden="true" /> : <PlusIcon aria-hidden="true" />}
      <span className="min-w-0 break-words">{label}</span>
    </button>
  );
}
