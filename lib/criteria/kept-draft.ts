import { z } from "zod";
import { type CriteriaDraft, EMPTY_DRAFT } from "./criteria-draft";

const text = z.string().max(6000);
const draftSchema: z.ZodType<CriteriaDraft> = z.object({
  name: text,
  buyerName: text,
  buyerContact: text,
  dealsCompleted: text,
  capital: text,
  typicalCloseDays: text,
  decisionMaker: text,
  brokerName: text,
  brokerEmail: text,
  brokerOffice: text,
  propertyTypes: z.array(z.number()),
  markets: z.array(z.number()),
  priceMin: text,
  priceMax: text,
  sizeMin: text,
  sizeMax: text,
  capRateMin: text,
  strategies: z.array(text),
  assetClasses: z.array(text),
  tenancy: z.array(text),
  deadline: text,
  exchangeType: text,
  notes: text,
  marketsFlexible: z.boolean(),
  priceFlexible: z.boolean(),
});
const keptSchema = z.object({ draft: draftSchema, keptAt: z.string() });

export interface KeptDraft {
  readonly draft: CriteriaDraft;
  /** ISO instant */
  readonly keptAt: string;
}

/** A draft as it was kept in the browser; one from an older form, or somebody else's text, is no draft. */
export function readKeptDraft(kept: string | null): KeptDraft | null {
  if (!kept) return null;
  try {
    const parsed = keptSchema.safeParse(JSON.parse(kept));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON: nothing of ours was kept there.
    return null;
  }
}

export function writeKeptDraft(draft: CriteriaDraft, keptAt: Date): string {
  return JSON.stringify({ draft, keptAt: keptAt.toISOString() });
}

/** Whether nothing differs from where the form began. */
export function isUntouched(draft: CriteriaDraft, start: CriteriaDraft = EMPTY_DRAFT): boolean {
  return JSON.stringify(draft) === JSON.stringify(start);
}
