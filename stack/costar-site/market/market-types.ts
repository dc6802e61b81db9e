import type { PropertyKind } from "./property-kinds";

export interface MarketContact {
  personId: number;
  name: string;
  title: string;
  email: string | null;
  phoneNumbers: string[];
}

export interface MarketCompany {
  companyId: number;
  name: string;
  ownerType: number;
  address: string;
  phoneNumbers: string[];
  contacts: MarketContact[];
}

/** Amounts in whole dollars, rates in percent, dates as epoch milliseconds. Statuses are CoStar's ids. */
export interface MarketLoan {
  maturityMs: number;
  originationMs: number;
  originalUsd: number;
  currentUsd: number;
  ratePercent: number;
  ltvPercent: number;
  dscr: number;
  paymentStatus: number;
  loanType: number;
  specialServicing: number;
  watchlist: number;
  modified: boolean;
  balloon: boolean;
}

export interface MarketProperty {
  propertyId: number;
  marketId: number;
  marketName: string;
  kind: PropertyKind;
  address: string;
  city: string;
  state: string;
  zip: string;
  latitude: number;
  longitude: number;
  buildingSf: number | null;
  landAcres: number;
  yearBuilt: number | null;
  monthBuilt: number | null;
  buildingClass: "A" | "B" | "C" | "F" | null;
  stories: number;
  percentLeased: number | null;
  ownerOccupied: boolean;
  tenancy: 0 | 1 | 2;
  /** 1 = existing. */
  constructionStatus: number;
  lastSold: { atMs: number; priceUsd: number; capRatePercent: number } | null;
  loan: MarketLoan | null;
  owner: MarketCompany;
}

export interface Market {
  properties: readonly MarketProperty[];
  byId: ReadonlyMap<number, MarketProperty>;
}
