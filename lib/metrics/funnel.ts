import type { Funnel } from "./answers";

export const STAGES = [
  "properties",
  "contacts",
  "enrolled",
  "sent",
  "delivered",
  "replied",
  "interested",
  "priced",
] as const;
export type Stage = (typeof STAGES)[number];

export interface FunnelStage {
  readonly stage: Stage;
  readonly count: number;
  /** Share of the stage before, 0 to 1. Null for the first two (a property may have several contacts) and for a share of nothing. */
  readonly ofPrevious: number | null;
}

/** The stages in order, each with its share of the one before it. */
export function stagesOf(funnel: Funnel | undefined): FunnelStage[] {
  return STAGES.map((stage, index) => {
    const count = funnel?.[stage] ?? 0;
    const before = STAGES[index - 1];
    const whole = index < 2 || before === undefined ? 0 : (funnel?.[before] ?? 0);
    return { stage, count, ofPrevious: whole > 0 ? count / whole : null };
  });
}
