import { z } from "zod";
import { checkCriteria, type FieldProblem } from "./check-criteria";
import type { BuyerCriteria } from "./criteria";
import { findLookup, type Lookup, type Lookups } from "./lookups";
import { readAmount, writeAmount } from "./read-amount";
import { byField } from "./say-problem";

const typed = z.string().max(6000);

/** Text as it was typed, for what the criteria themselves trim and ask for. */
const words = z.codec(typed, z.string().optional(), {
  decode: (text) => text,
  encode: (text) => text ?? "",
});
/** Text that is left out where nothing stands. */
const line = z.codec(typed, z.string().optional(), {
  decode: (text) => text.trim() || undefined,
  encode: (text) => text ?? "",
});
/** A number as people write it; `example` shows how. */
const amount = (example: string) =>
  z.codec(typed, z.number().optional(), {
    decode: (text, context) => {
      const value = readAmount(text);
      if (!Number.isNaN(value)) return value;
      const message = `"${text.trim()}" is not a number. Write it like ${example}.`;
      context.issues.push({ code: "custom", input: text, message });
      return undefined;
    },
    encode: writeAmount,
  });
const list = <Item>(item: z.ZodType<Item, Item>) =>
  z.codec(z.array(item), z.array(item).optional(), {
    decode: (items) => items,
    encode: (items) => items ?? [],
  });
const box = z.codec(z.boolean(), z.boolean().optional(), {
  decode: (on) => on,
  encode: (on) => on ?? false,
});

/** Every field of the form: where it stands in the criteria, and what becomes of what was typed there. */
const FIELDS = {
  name: ["criteria.name", words],
  buyerName: ["buyer.name", words],
  buyerContact: ["buyer.contact", line],
  dealsCompleted: ["buyer.entity.dealsCompleted", amount("12")],
  capital: ["buyer.entity.capital", amount("25M")],
  typicalCloseDays: ["buyer.entity.typicalCloseDays", amount("45")],
  decisionMaker: ["buyer.entity.decisionMaker", line],
  brokerName: ["broker.name", line],
  brokerEmail: ["broker.email", line],
  brokerOffice: ["broker.office", line],
  propertyTypes: ["criteria.propertyTypes", list(z.number())],
  markets: ["criteria.markets", list(z.number())],
  priceMin: ["criteria.price.min", amount("4,500,000 or 4.5M")],
  priceMax: ["criteria.price.max", amount("4,500,000 or 4.5M")],
  sizeMin: ["criteria.sizeSf.min", amount("20,000 or 20k")],
  sizeMax: ["criteria.sizeSf.max", amount("20,000 or 20k")],
  capRateMin: ["criteria.capRate.min", amount("6.25")],
  strategies: ["criteria.strategies", list(typed)],
  assetClasses: ["criteria.assetClasses", list(typed)],
  tenancy: ["criteria.tenancy", list(typed)],
  deadline: ["criteria.deadline", line],
  exchangeType: ["criteria.exchangeType", line],
  notes: ["criteria.notes", words],
  marketsFlexible: ["criteria.marketsFlexible", box],
  priceFlexible: ["criteria.priceFlexible", box],
} as const;

export type CriteriaField = keyof typeof FIELDS;
/** A search as it stands in the form: what was typed, before it means anything. */
export type CriteriaDraft = { [Field in CriteriaField]: z.input<(typeof FIELDS)[Field][1]> };

const EACH = Object.entries(FIELDS).map(([field, [path, codec]]) => ({
  field: field as CriteriaField,
  path,
  codec: codec as z.ZodCodec,
}));

/** What is typed, unread: a draft of an older form, or somebody else's object, is none. */
const draftSchema = z.object(
  Object.fromEntries(EACH.map(({ field, codec }) => [field, codec.def.in])),
) as unknown as z.ZodType<CriteriaDraft, CriteriaDraft>;

/** The draft that shows what stands at each path of some criteria. */
function draftOf(criteria: unknown): CriteriaDraft {
  const at = (path: string) =>
    path
      .split(".")
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], criteria);
  return draftSchema.parse(
    Object.fromEntries(EACH.map(({ field, path, codec }) => [field, codec.encode(at(path))])),
  );
}

export const EMPTY_DRAFT = draftOf({});

/** An earlier search's criteria as the form shows them. Markets and types that no longer exist are left out. */
export function draftFromCriteria(
  { buyer, broker, criteria }: BuyerCriteria,
  lookups: Lookups,
): CriteriaDraft {
  const idsOf = (wanted: readonly (string | number)[], known: readonly Lookup[]) =>
    wanted.flatMap((item) => findLookup(known, item)?.id ?? []);
  const propertyTypes = idsOf(criteria.propertyTypes, lookups.propertyTypes);
  const markets = idsOf(criteria.markets, lookups.markets);
  return draftOf({ buyer, broker, criteria: { ...criteria, propertyTypes, markets } });
}

/** The draft in the shape every other door uses; parts left empty or unreadable are left out. Not yet checked. */
export function toCriteria(draft: CriteriaDraft): unknown {
  const criteria: Record<string, unknown> = {};
  for (const { field, path, codec } of EACH) {
    const read = codec.safeDecode(draft[field]);
    if (!read.success || read.data === undefined) continue;
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const part = keys.reduce((at, key) => {
      at[key] ??= {};
      return at[key] as Record<string, unknown>;
    }, criteria);
    part[last] = read.data;
  }
  return criteria;
}

/** Numbers in the form that cannot be read, by field. */
export function findUnreadable(draft: CriteriaDraft): FieldProblem[] {
  return EACH.flatMap(({ field, path, codec }) =>
    (codec.safeDecode(draft[field]).error?.issues ?? []).map(({ message }) => ({ path, message })),
  );
}

/** Problems of criteria as the form says them: the first of each field, in words. What is no field of it is left out. */
export function problemsOfForm(
  problems: readonly FieldProblem[],
): { field: CriteriaField; message: string }[] {
  const said = byField(problems);
  return EACH.flatMap(({ field, path }) =>
    said[path] === undefined ? [] : [{ field, message: said[path] }],
  );
}

/** The form's schema: takes what was typed, says at each field what is wrong with it, and gives criteria. */
export function criteriaFormSchema(lookups: Lookups) {
  return draftSchema
    .superRefine((draft, context) => {
      const checked = checkCriteria(toCriteria(draft), lookups);
      const problems = [...findUnreadable(draft), ...(checked.ok ? [] : checked.problems)];
      for (const { field, message } of problemsOfForm(problems))
        context.addIssue({ code: "custom", path: [field], message });
    })
    .transform(toCriteria);
}

const keptSchema = z.object({ draft: draftSchema, keptAt: z.string() });

/** A draft as it was kept in the browser, and when (ISO); one from an older form, or somebody else's text, is no draft. */
export function readKeptDraft(kept: string | null): z.output<typeof keptSchema> | null {
  if (!kept) return null;
  try {
    return keptSchema.safeParse(JSON.parse(kept)).data ?? null;
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
  return EACH.every(({ field }) => JSON.stringify(draft[field]) === JSON.stringify(start[field]));
}
