import type { MarketLoan } from "./market-types";
import type { RandomStream } from "./random";

const MONTH_MS = 30.44 * 24 * 3_600_000;

/** A loan on a property worth `valueUsd`, maturing between half a year before and seven years after `anchorMs`. */
export function makeLoan(random: RandomStream, valueUsd: number, anchorMs: number): MarketLoan {
  const maturityMs = dayStart(
    anchorMs + random.integer(-6, 84) * MONTH_MS + random.integer(0, 29) * 86_400_000,
  );
  const termMonths = random.pick([36, 60, 60, 84, 120, 120]);
  const originationMs = dayStart(maturityMs - termMonths * MONTH_MS);
  const originationYear = new Date(originationMs).getUTCFullYear();
  const cheapMoney = originationYear >= 2010 && originationYear <= 2021;
  const ltvPercent = round(clamp(random.normal(58, 13), 20, 96), 1);
  const currentUsd = thousands((valueUsd * ltvPercent) / 100);
  return {
    maturityMs,
    originationMs,
    originalUsd: thousands(currentUsd * (1 + random.next() * 0.18)),
    currentUsd,
    ratePercent: round(cheapMoney ? 2.9 + random.next() * 1.9 : 4.9 + random.next() * 2.9, 2),
    ltvPercent,
    dscr: round(clamp(random.normal(1.48, 0.28), 0.6, 3), 2),
    paymentStatus: random.weighted([
      [1, 92],
      [2, 2],
      [3, 1],
      [4, 1.2],
      [5, 1.5],
      [6, 1],
      [7, 0.6],
      [8, 0.3],
      [9, 0.4],
    ]),
    loanType: random.weighted([
      [1, 60],
      [2, 25],
      [3, 15],
    ]),
    specialServicing: random.weighted([
      [1, 4],
      [2, 3],
      [3, 93],
    ]),
    watchlist: random.weighted([
      [1, 9],
      [2, 6],
      [3, 85],
    ]),
    modified: random.chance(0.045),
    balloon: random.chance(0.7),
  };
}

function clamp(value: number, from: number, to: number): number {
  return Math.min(to, Math.max(from, value));
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function thousands(value: number): number {
  return Math.round(value / 1_000) * 1_000;
}

function dayStart(ms: number): number {
  return Math.floor(ms / 86_400_000) * 86_400_000;
}
