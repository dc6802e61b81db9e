import { type RandomStream, randomStream } from "../../costar-site/market/random";
import { FIRST_NAMES, LAST_NAMES } from "../../costar-site/market/words";

/** What the wordings are filled with; the same for the same mail. */
export interface WordFacts {
  /** Our sender's first name. */
  you: string;
  /** The property, as the subject names it. */
  property: string;
  price: string;
  cap: string;
  /** Somebody else: a partner, a broker, an asset manager. */
  other: string;
  otherEmail: string;
  phone: string;
  /** The owner's own, below the signature. */
  ownPhone: string;
  brokerage: string;
  backOn: string;
  year: number;
}

const BROKERAGES = [
  "Harborview Commercial",
  "Summit Net Lease Advisors",
  "Keystone Brokerage",
  "Colliers",
  "CBRE",
];
const DAY_MS = 86_400_000;

export function wordFacts(
  seed: string,
  senderName: string,
  subject: string,
  domain: string,
  nowMs: number,
): WordFacts {
  const random = randomStream(seed);
  const other = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`;
  return {
    you: senderName.split(" ")[0] ?? senderName,
    property: subject.replace(/^(?:re|fwd?)\s*:\s*/i, ""),
    price: price(random.integer(21, 240) * 100_000, random.integer(0, 3)),
    cap: (4.75 + random.integer(0, 12) * 0.25).toString(),
    other,
    otherEmail: `${other.toLowerCase().replace(" ", ".")}@${domain}`,
    phone: phoneNumber(random),
    ownPhone: phoneNumber(random),
    brokerage: random.pick(BROKERAGES),
    backOn: returnDate(new Date(nowMs + random.integer(4, 12) * DAY_MS), random.integer(0, 2)),
    year: new Date(nowMs).getUTCFullYear(),
  };
}

/** 555-01xx is reserved for fiction (NANP). */
function phoneNumber(random: RandomStream): string {
  return `(${random.pick(["909", "714", "213", "602", "214"])}) 555-01${random.integer(10, 99)}`;
}

/** The ways owners write a price. */
function price(usd: number, style: number): string {
  const millions = String(usd / 1_000_000);
  return (
    [`$${millions}M`, `$${usd.toLocaleString("en-US")}`, `${millions} million`, `$${millions}mm`][style] ??
    millions
  );
}

/** Machines give a return date in many forms; weekends are not among them. */
function returnDate(date: Date, style: number): string {
  const shift = [1, 0, 0, 0, 0, 0, 2][date.getUTCDay()] ?? 0;
  const back = new Date(date.getTime() + shift * DAY_MS);
  const written = (options: Intl.DateTimeFormatOptions) =>
    back.toLocaleDateString("en-US", { timeZone: "UTC", ...options });
  return (
    [
      written({ weekday: "long", month: "long", day: "numeric" }),
      written({ month: "long", day: "numeric", year: "numeric" }),
      written({ month: "numeric", day: "numeric", year: "numeric" }),
    ][style] ?? back.toISOString().slice(0, 10)
  );
}
