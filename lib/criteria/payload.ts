import { z } from "zod";

const ids = z.array(z.number().int().nonnegative());
const isoDateTime = z.string().regex(/^\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?$/, "an ISO date");
const numberText = z.string().regex(/^\d+(\.\d+)?$/, "a number written as text");
const money = z.strictObject({ Value: z.number().int().nonnegative(), Code: z.literal("USD") });
const squareFeet = z.strictObject({ Value: z.number().int().nonnegative(), Code: z.literal("[sft_i]") });
const acres = z.strictObject({ Value: z.number().nonnegative(), Code: z.literal("[acr_us]") });
const builtDate = z.strictObject({
  Month: z.number().int().min(1).max(12),
  Year: z.string().regex(/^\d{4}$/),
});
const point = z.strictObject({
  Latitude: z.number().min(-90).max(90),
  Longitude: z.number().min(-180).max(180),
});

function between<Schema extends z.ZodType>(schema: Schema) {
  return z.strictObject({ Minimum: schema.optional(), Maximum: schema.optional() });
}

const loan = z.strictObject({
  HasLoan: z.boolean().optional(),
  MaturityDate: between(isoDateTime).optional(),
  OriginationDate: between(isoDateTime).optional(),
  Original: between(money).optional(),
  Current: between(money).optional(),
  InterestRate: between(numberText).optional(),
  LtvCurrent: between(numberText).optional(),
  DscrCurrent: between(numberText).optional(),
  PaymentStatuses: ids.optional(),
  LoanTypes: ids.optional(),
  SpecialServicingStatuses: ids.optional(),
  WatchlistStatuses: ids.optional(),
  IsModification: z.boolean().optional(),
  IsBalloonMaturity: z.boolean().optional(),
});

const building = z.strictObject({
  BuildingArea: between(squareFeet).optional(),
  PropertySubtypes: ids.optional(),
  ConstructionStatuses: ids.optional(),
  Tenancy: ids.optional(),
  BuildingClasses: z.array(z.enum(["A", "B", "C", "F"])).optional(),
  PercentLeased: between(numberText).optional(),
  Stories: between(numberText).optional(),
  BuiltEventDate: between(builtDate).optional(),
  YearMonthBuiltIncludeUnknown: z.boolean().optional(),
  IsOwnerOccupied: z.boolean().optional(),
});

const filter = z.strictObject({
  BoundingBox: z.strictObject({ UpperLeft: point, LowerRight: point }).optional(),
  Geography: z
    .strictObject({ Filter: z.strictObject({ FilterType: z.literal(132), Ids: ids.min(1) }) })
    .optional(),
  Property: z.strictObject({
    PropertyTypes: ids.min(1, "at least one property type"),
    OwnerTypes: ids.optional(),
    LastSoldDate: between(isoDateTime).optional(),
    LastSoldPrice: between(money).optional(),
    Building: building.optional(),
    Land: z.strictObject({ LandArea: between(acres).optional() }).optional(),
    Loan: loan.optional(),
  }),
  Sale: z.looseObject({}).optional(),
});

const units = z.strictObject({
  RateBasis: z.literal("month"),
  CurrencyCode: z.literal("USD"),
  BuildingAreaUnit: z.literal("SF"),
  secondaryAreaUnit: z.literal("SF"),
  AreaUom: z.literal("AC"),
  lengthUnit: z.literal("FT"),
});

/** The units every payload carries; CoStar knows no others for a US account. */
export const COSTAR_UNITS: z.infer<typeof units> = {
  RateBasis: "month",
  CurrencyCode: "USD",
  BuildingAreaUnit: "SF",
  secondaryAreaUnit: "SF",
  AreaUom: "AC",
  lengthUnit: "FT",
};

/**
 * One CoStar property search, in CoStar's own positional keys: "0" filter, "1" records per page (at most 2,000),
 * "2" page, "3" units, "4" include estimates, "5" empty. Ids are checked against the lookups separately.
 */
export const costarPayloadSchema = z.strictObject({
  "0": filter,
  "1": z.number().int().min(1).max(2000),
  "2": z.number().int().min(1),
  "3": units,
  "4": z.boolean(),
  "5": z.array(z.never()).max(0),
});

export type CoStarPayload = z.infer<typeof costarPayloadSchema>;
