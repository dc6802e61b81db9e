import type { FieldProblem } from "@/lib/criteria/check-criteria";
import { readAmount } from "./read-amount";

/** A search as it stands in the form: what was typed, before it means anything. */
export interface CriteriaDraft {
  name: string;
  buyerName: string;
  buyerContact: string;
  dealsCompleted: string;
  capital: string;
  typicalCloseDays: string;
  decisionMaker: string;
  brokerName: string;
  brokerEmail: string;
  brokerOffice: string;
  propertyTypes: number[];
  markets: number[];
  priceMin: string;
  priceMax: string;
  sizeMin: string;
  sizeMax: string;
  capRateMin: string;
  strategies: string[];
  assetClasses: string[];
  tenancy: string[];
  deadline: string;
  exchangeType: string;
  notes: string;
  marketsFlexible: boolean;
  priceFlexible: boolean;
}

export const EMPTY_DRAFT: CriteriaDraft = {
  name: "",
  buyerName: "",
  buyerContact: "",
  dealsCompleted: "",
  capital: "",
  typicalCloseDays: "",
  decisionMaker: "",
  brokerName: "",
  brokerEmail: "",
  brokerOffice: "",
  propertyTypes: [],
  markets: [],
  priceMin: "",
  priceMax: "",
  sizeMin: "",
  sizeMax: "",
  capRateMin: "",
  strategies: [],
  assetClasses: [],
  tenancy: [],
  deadline: "",
  exchangeType: "",
  notes: "",
  marketsFlexible: false,
  priceFlexible: false,
};

/** Which field of the criteria each number of the form is, with an example of how to write it. */
const AMOUNTS = [
  ["dealsCompleted", "buyer.entity.dealsCompleted", "12"],
  ["capital", "buyer.entity.capital", "25M"],
  ["typicalCloseDays", "buyer.entity.typicalCloseDays", "45"],
  ["priceMin", "criteria.price.min", "4,500,000 or 4.5M"],
  ["priceMax", "criteria.price.max", "4,500,000 or 4.5M"],
  ["sizeMin", "criteria.sizeSf.min", "20,000 or 20k"],
  ["sizeMax", "criteria.sizeSf.max", "20,000 or 20k"],
  ["capRateMin", "criteria.capRate.min", "6.25"],
] as const;

/** Numbers in the form that cannot be read, by field. */
export function findUnreadable(draft: CriteriaDraft): FieldProblem[] {
  return AMOUNTS.flatMap(([field, path, example]) =>
    Number.isNaN(readAmount(draft[field]))
      ? [{ path, message: `"${draft[field].trim()}" is not a number. Write it like ${example}.` }]
      : [],
  );
}

/** The draft in the shape every other door uses; parts left empty are left out. Not yet checked. */
export function toCriteria(draft: CriteriaDraft): unknown {
  const amount = (text: string) => {
    const value = readAmount(text);
    return Number.isNaN(value) ? undefined : value;
  };
  const text = (value: string) => value.trim() || undefined;
  return {
    buyer: {
      name: draft.buyerName,
      entity: whole({
        dealsCompleted: amount(draft.dealsCompleted),
        capital: amount(draft.capital),
        typicalCloseDays: amount(draft.typicalCloseDays),
        decisionMaker: text(draft.decisionMaker),
      }),
      contact: text(draft.buyerContact),
    },
    broker: whole({
      name: text(draft.brokerName),
      email: text(draft.brokerEmail),
      office: text(draft.brokerOffice),
    }),
    criteria: {
      name: draft.name,
      propertyTypes: draft.propertyTypes,
      markets: draft.markets,
      price: whole({ min: amount(draft.priceMin), max: amount(draft.priceMax) }),
      sizeSf: whole({ min: amount(draft.sizeMin), max: amount(draft.sizeMax) }),
      capRate: whole({ min: amount(draft.capRateMin) }),
      strategies: draft.strategies,
      assetClasses: draft.assetClasses,
      tenancy: draft.tenancy,
      deadline: text(draft.deadline),
      exchangeType: text(draft.exchangeType),
      notes: draft.notes,
      marketsFlexible: draft.marketsFlexible,
      priceFlexible: draft.priceFlexible,
    },
  };
}

/** The object, or nothing at all when no part of it is there. */
function whole<Part extends object>(part: Part): Part | undefined {
  return Object.values(part).some((value) => value !== undefined) ? part : undefined;
}
