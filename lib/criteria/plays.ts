/** The plays the sourcing agent knows, as strategies one can pick: reasons why an owner may sell now. */
export const PLAYS = [
  "Long hold",
  "Loan maturing in 12-24 months",
  "Special servicing or watchlist",
  "Modified loan",
  "Low fixed rate maturing",
  "High loan to value",
  "Low debt coverage",
  "Delinquent or foreclosure",
  "Low occupancy",
  "Older class B-C",
  "Sale-leaseback",
  "Low basis",
] as const;

/** Exchange types brokers name most; any other words are fine too. */
export const EXCHANGE_TYPES = ["1031", "Reverse 1031", "Delayed 1031", "Improvement 1031", "1033"] as const;
