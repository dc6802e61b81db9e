"use client";

import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { readStatus } from "@/components/words/status-words";
import { CATEGORIES, type Category } from "@/lib/replies/classification";
import { CATEGORY_KEYS } from "./category-keys";

type CategoryButtonsProps = {
  current: Category | undefined;
  disabled: boolean;
  onChoose: (category: Category) => void;
  /** The category under the pointer or the focus, whose effect is said beside; null when none is. */
  onLook: (category: Category | null) => void;
};

/** Every category as a button with its key; the mail's own is marked. */
export function CategoryButtons({ current, disabled, onChoose, onLook }: CategoryButtonsProps) {
  return (
    <fieldset className="grid grid-cols-2 gap-1.5">
      <legend className="mb-1.5 font-semibold">What it is</legend>
      {CATEGORIES.map((category) => (
        <button
          key={category}
          type="button"
          disabled={disabled}
          aria-pressed={category === current}
          onClick={() => onChoose(category)}
          onPointerEnter={() => onLook(category)}
          onPointerLeave={() => onLook(null)}
          onFocus={() => onLook(category)}
          onBlur={() => onLook(null)}
          className={cn(
            "flex min-h-9 items-center justify-between gap-1 rounded-md border px-2.5 py-1 text-left hover:bg-accent disabled:opacity-60 touch:min-h-11",
            category === current && "border-primary bg-accent font-semibold",
          )}
        >
          <span className="min-w-0">
            {readStatus("category", category).text}
            {category === current && <span className="sr-only"> (what it is filed as)</span>}
          </span>
          <Kbd aria-hidden="true">{CATEGORY_KEYS[category]}</Kbd>
        </button>
      ))}
    </fieldset>
  );
}
