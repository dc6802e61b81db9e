import type { CoStarPayload } from "@/lib/criteria/payload";
import type { MarketLoan } from "../market/market-types";
import { inMoneyRange, inRange, isAmong } from "./ranges";

type LoanFilter = NonNullable<CoStarPayload["0"]["Property"]["Loan"]>;

/** Whether a loan passes a payload's loan filters. Any of them but `HasLoan: false` asks for a loan to be there. */
export function matchesLoan(loan: MarketLoan | null, filter: LoanFilter): boolean {
  const asksForFacts = Object.keys(filter).some((name) => name !== "HasLoan");
  if (loan === null) return filter.HasLoan !== true && !asksForFacts;
  return (
    filter.HasLoan !== false &&
    inRange(loan.maturityMs, parsed(filter.MaturityDate, Date.parse)) &&
    inRange(loan.originationMs, parsed(filter.OriginationDate, Date.parse)) &&
    inMoneyRange(loan.originalUsd, filter.Original) &&
    inMoneyRange(loan.currentUsd, filter.Current) &&
    inRange(loan.ratePercent, parsed(filter.InterestRate, Number)) &&
    inRange(loan.ltvPercent, parsed(filter.LtvCurrent, Number)) &&
    inRange(loan.dscr, parsed(filter.DscrCurrent, Number)) &&
    isAmong(loan.paymentStatus, filter.PaymentStatuses) &&
    isAmong(loan.loanType, filter.LoanTypes) &&
    isAmong(loan.specialServicing, filter.SpecialServicingStatuses) &&
    isAmong(loan.watchlist, filter.WatchlistStatuses) &&
    (filter.IsModification === undefined || filter.IsModification === loan.modified) &&
    (filter.IsBalloonMaturity === undefined || filter.IsBalloonMaturity === loan.balloon)
  );
}

function parsed(
  range: { Minimum?: string | undefined; Maximum?: string | undefined } | undefined,
  read: (text: string) => number,
) {
  return (
    range && {
      minimum: range.Minimum === undefined ? undefined : read(range.Minimum),
      maximum: range.Maximum === undefined ? undefined : read(range.Maximum),
    }
  );
}
