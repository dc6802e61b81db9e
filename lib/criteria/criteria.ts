import { z } from "zod";

/** A lookup given by name or by CoStar id; which ids and names exist is checked against `costar_lookups`. */
const nameOrId = z.union([z.string().trim().min(1), z.number().int().positive()]);
const usd = z.number().int("whole dollars, please").nonnegative();

const range = z
  .object({ min: usd.optional(), max: usd.optional() })
  .refine((value) => value.min === undefined || value.max === undefined || value.min <= value.max, {
    message: "the minimum is above the maximum",
  });

/**
 * What a buyer wants, as the form, a JSON file and the API accept it.
 * Prices are whole dollars; cap rates are percent, as brokers write them (6.25).
 */
export const buyerCriteriaSchema = z.object({
  buyer: z.object({
    name: z.string().trim().min(1, "who is the buyer?").max(200),
    entity: z
      .object({
        dealsCompleted: z.number().int().nonnegative().optional(),
        capital: usd.optional(),
        typicalCloseDays: z.number().int().positive().optional(),
        decisionMaker: z.string().max(200).optional(),
      })
      .optional(),
    contact: z.string().max(300).optional(),
  }),
  broker: z
    .object({
      name: z.string().max(200).optional(),
      email: z.email().optional(),
      office: z.string().max(200).optional(),
    })
    .optional(),
  criteria: z.object({
    name: z.string().trim().min(1, "give the search a name").max(200),
    propertyTypes: z.array(nameOrId).min(1, "at least one property type").max(13),
    markets: z.array(nameOrId).min(1, "at least one market").max(50),
    price: range.optional(),
    sizeSf: range.optional(),
    capRate: z.object({ min: z.number().min(0).max(30).optional() }).optional(),
    strategies: z.array(z.string().trim().min(1).max(120)).max(20).default([]),
    assetClasses: z.array(z.enum(["A", "B", "C", "F"])).default([]),
    tenancy: z.array(z.enum(["single", "multi", "unknown"])).default([]),
    deadline: z.iso.date().optional(),
    exchangeType: z.string().max(60).optional(),
    notes: z.string().max(5000).default(""),
    marketsFlexible: z.boolean().default(false),
    priceFlexible: z.boolean().default(false),
  }),
});

export type BuyerCriteria = z.infer<typeof buyerCriteriaSchema>;

/** Criteria files are a few kilobytes; anything near this is the wrong file. */
export const MAX_CRITERIA_BYTES = 256 * 1024;
