import type { VariantProps } from "class-variance-authority";
import type { badgeVariants } from "@/components/ui/badge";

type Tone = NonNullable<VariantProps<typeof badgeVariants>["variant"]>;

/** What comes of a row, as a badge and as a tab. */
export const OUTCOME_WORDS = {
  create: { badge: "New contact", tab: "New", tone: "positive" },
  update: { badge: "Fills blanks", tab: "Fill blanks", tone: "info" },
  known: { badge: "Known", tab: "Known", tone: "secondary" },
  property_only: { badge: "Property only", tab: "Property only", tone: "attention" },
  skip: { badge: "Skipped", tab: "Skipped", tone: "danger" },
} as const satisfies Record<string, { badge: string; tab: string; tone: Tone }>;
