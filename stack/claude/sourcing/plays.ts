import type { CoStarPayload } from "@/lib/criteria/payload";

type PropertyFilter = CoStarPayload["0"]["Property"];
/** What a play adds to the filters every payload of a plan shares. */
export interface PlayFilter {
  Loan?: PropertyFilter["Loan"];
  Building?: PropertyFilter["Building"];
  LastSoldDate?: PropertyFilter["LastSoldDate"];
  OwnerTypes?: number[];
}

/** What of a search decides where a play draws its lines. */
export interface Lines {
  /** Above 0: thresholds are loosened; below: tightened. */
  breadth: number;
  /** Overrides of a play's own threshold. */
  minHoldYears: number | null;
  leasedBelow: number | null;
  /** A year. */
  builtBefore: number | null;
  classes: readonly ("A" | "B" | "C" | "F")[];
}

interface Play {
  title: string;
  why: string;
  /** Words of criteria, notes or feedback that ask for it. */
  words: RegExp;
  filter(plan: Lines, today: Date): PlayFilter;
}

/** The plays for motivated sellers, in the order they are tried. */
export const PLAYS = {
  "loan-maturity": {
    title: "Loans maturing soon",
    why: "The owner has to refinance or sell within two years, at a rate well above the old one.",
    words: /\bloan|matur|refinanc|\brefi\b|\bdebt\b/i,
    filter: (plan, today) => {
      const [from, to] = plan.breadth > 0 ? [6, 36] : plan.breadth < 0 ? [12, 18] : [12, 24];
      return {
        Loan: {
          HasLoan: true,
          MaturityDate: { Minimum: monthsFrom(today, from), Maximum: monthsFrom(today, to) },
        },
      };
    },
  },
  "long-hold": {
    title: "Long holds",
    why: "A low basis and a long hold: private owners past ten years are the likeliest to take an offer.",
    words: /\bhold|\bheld\b|long[- ]time|legacy|low basis|estate/i,
    filter: (plan, today) => {
      const years = plan.minHoldYears ?? (plan.breadth > 0 ? 7 : plan.breadth < 0 ? 15 : 10);
      return { LastSoldDate: { Maximum: monthsFrom(today, -12 * years) } };
    },
  },
  "older-buildings": {
    title: "Older class B and C buildings",
    why: "Built 25 or more years ago: capital needs come up, and owners who do not want them sell.",
    words: /value[- ]add|\bolder\b|renovat|\bdated\b|repositio/i,
    filter: (plan, today) => {
      const age = plan.breadth > 0 ? 20 : plan.breadth < 0 ? 35 : 25;
      const year = Math.min(today.getUTCFullYear() - age, plan.builtBefore ?? Number.POSITIVE_INFINITY);
      return {
        Building: {
          BuiltEventDate: { Maximum: { Month: 12, Year: String(year) } },
          ...(plan.classes.length > 0 ? {} : { BuildingClasses: ["B", "C"] }),
        },
      };
    },
  },
  "low-leased": {
    title: "Vacancy",
    why: "Leased well below the market: income is short and the owner may prefer a sale to a lease-up.",
    words: /vacan|leased|lease[- ]?up|occupancy|value[- ]add/i,
    filter: (plan) => {
      const below = plan.leasedBelow ?? (plan.breadth > 0 ? 85 : plan.breadth < 0 ? 65 : 75);
      return { Building: { PercentLeased: { Maximum: String(below) } } };
    },
  },
  "owner-occupied": {
    title: "Owner-occupied, for a sale-leaseback",
    why: "The company owns what it works in; a sale-leaseback frees its capital and keeps its address.",
    words: /sale[- ]?leaseback|owner[- ]?(?:occup|user)/i,
    filter: () => ({ Building: { IsOwnerOccupied: true } }),
  },
  distress: {
    title: "Delinquent or in default",
    why: "Payments are late, the loan defaulted, or the lender took over: a sale solves it.",
    words: /distress|delinquen|default|foreclos|\breo\b/i,
    filter: () => ({ Loan: { HasLoan: true, PaymentStatuses: [2, 3, 4, 5, 6, 9] } }),
  },
  watchlist: {
    title: "On the servicer's watchlist",
    why: "The servicer already worries about the loan; the owner hears about it every month.",
    words: /watch ?list|special servic/i,
    filter: () => ({ Loan: { HasLoan: true, WatchlistStatuses: [1] } }),
  },
  "high-ltv": {
    title: "High leverage",
    why: "Loan to value above 70 %: a refinancing needs fresh equity, a sale does not.",
    words: /\bltv\b|leverage/i,
    filter: (plan) => ({
      Loan: {
        HasLoan: true,
        LtvCurrent: { Minimum: plan.breadth > 0 ? "65" : plan.breadth < 0 ? "75" : "70" },
      },
    }),
  },
  "low-dscr": {
    title: "Thin debt service coverage",
    why: "Coverage below 1.2: income hardly pays the loan.",
    words: /\bdscr\b|coverage/i,
    filter: (plan) => ({
      Loan: {
        HasLoan: true,
        DscrCurrent: { Maximum: plan.breadth > 0 ? "1.3" : plan.breadth < 0 ? "1.1" : "1.2" },
      },
    }),
  },
  "cheap-rate": {
    title: "Low fixed rates running out",
    why: "A rate of the cheap years ends within two years; the payment after it may double.",
    words: /fixed rate|low rate|interest rate|rate reset/i,
    filter: (_plan, today) => ({
      Loan: {
        HasLoan: true,
        InterestRate: { Maximum: "4.5" },
        MaturityDate: { Minimum: monthsFrom(today, 0), Maximum: monthsFrom(today, 24) },
      },
    }),
  },
  modified: {
    title: "Modified loans",
    why: "The loan was modified once; the owner has already said that its terms do not work.",
    words: /modif|workout|extension/i,
    filter: () => ({ Loan: { HasLoan: true, IsModification: true } }),
  },
  "fund-exit": {
    title: "Funds at their exit",
    why: "Funds and investment managers sell seven to ten years after buying.",
    words: /fund exit|\bfunds?\b|institution/i,
    filter: (_plan, today) => ({
      LastSoldDate: { Minimum: monthsFrom(today, -120), Maximum: monthsFrom(today, -84) },
      OwnerTypes: [11, 21],
    }),
  },
} satisfies Record<string, Play>;

export type PlayId = keyof typeof PLAYS;
export const PLAY_IDS = Object.keys(PLAYS) as PlayId[];

/** Plays whose words occur in a text, in the order of the list. */
export function playsNamedIn(text: string): PlayId[] {
  return PLAY_IDS.filter((id) => PLAYS[id].words.test(text));
}

function monthsFrom(today: Date, months: number): string {
  const date = new Date(today);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}
