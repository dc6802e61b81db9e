import type { AskedRange, ExpectedOwnerMail, OwnerMail } from "./owner-files";
import { type OwnerReading, readOwnerMail } from "./read-owner-mail";

type Share = { right: number; of: number };

export interface OwnerCounts {
  mails: number;
  optOutFalse: number;
  toPersonMissed: number;
  askingWrong: number;
  dateWrong: number;
  phoneWrong: number;
  optOutCertain: Share;
  optOut: Share;
  toPerson: Share;
  ownWords: Share;
  asking: Share;
  capRate: Share;
  date: Share;
  kind: Share;
  phone: Share;
  names: Share;
  misses: string[];
}

/** Reads every mail and compares field by field, as the corpus' README says what is right. */
export async function measureOwners(mails: readonly OwnerMail[]): Promise<OwnerCounts> {
  const share = (): Share => ({ right: 0, of: 0 });
  const counts: OwnerCounts = {
    mails: mails.length,
    optOutFalse: 0,
    toPersonMissed: 0,
    askingWrong: 0,
    dateWrong: 0,
    phoneWrong: 0,
    optOutCertain: share(),
    optOut: share(),
    toPerson: share(),
    ownWords: share(),
    asking: share(),
    capRate: share(),
    date: share(),
    kind: share(),
    phone: share(),
    names: share(),
    misses: [],
  };
  for (const mail of mails) {
    const read = await readOwnerMail(mail);
    const miss = (what: string) => counts.misses.push(`${mail.expected.file}: ${what}`);
    const score = (into: Share, right: boolean, what: string) => {
      into.of += 1;
      if (right) into.right += 1;
      else miss(what);
    };
    scoreVerdict(counts, mail.expected, read, score);
    scoreFacts(counts, mail.expected, read, score);
  }
  return counts;
}

type Score = (into: Share, right: boolean, what: string) => void;

function scoreVerdict(counts: OwnerCounts, expected: ExpectedOwnerMail, read: OwnerReading, score: Score) {
  const decided = `${read.category}: ${read.why}`;
  if (expected.kind)
    score(counts.kind, read.kind === expected.kind, `a ${expected.kind}, read as ${read.kind}`);
  if (expected.optOut) {
    const allowed = [expected.optOut].flat();
    score(
      counts.optOut,
      allowed.includes(read.optOut),
      `opt-out ${allowed}, read ${read.optOut} (${decided})`,
    );
    if (read.optOut === "certain" && !allowed.includes("certain")) counts.optOutFalse += 1;
    if (expected.optOut === "certain") add(counts.optOutCertain, read.optOut === "certain");
  }
  if (expected.goesToPerson !== undefined) {
    const right = read.toPerson === expected.goesToPerson;
    score(counts.toPerson, right, `${expected.goesToPerson ? "a" : "no"} person has to see it (${decided})`);
    if (expected.goesToPerson && !read.toPerson) counts.toPersonMissed += 1;
  }
  if (typeof expected.reply === "string") {
    const whole = squeeze(`${expected.reply} ${expected.signature ?? ""}`);
    const right = [squeeze(expected.reply), whole].includes(squeeze(read.words));
    score(counts.ownWords, right, `wrote "${expected.reply}", read "${read.words.slice(0, 300)}"`);
  }
}

function scoreFacts(counts: OwnerCounts, expected: ExpectedOwnerMail, read: OwnerReading, score: Score) {
  if (expected.asking !== undefined) {
    const right = isAsked(expected, read.asking);
    if (read.asking && !right) counts.askingWrong += 1;
    score(
      counts.asking,
      right,
      `asks ${say(expected.asking)}, read ${say(read.asking)} in "${expected.reply}"`,
    );
  }
  if (expected.capRateBps !== undefined)
    score(
      counts.capRate,
      read.capRateBps === expected.capRateBps,
      `cap rate ${expected.capRateBps}, read ${read.capRateBps}`,
    );
  scoreDates(counts, expected, read, score);
  if (expected.phone !== undefined) {
    const { phone } = expected;
    const right = phone === null ? read.phones.length === 0 : read.phones.some((one) => one.endsWith(phone));
    if (!right && read.phones.length > 0) counts.phoneWrong += 1;
    score(counts.phone, right, `phone ${phone}, read ${read.phones}`);
  }
  for (const name of expected.names ?? [])
    score(
      counts.names,
      read.names.includes(name),
      `names ${name}, read ${read.names.join(", ") || "nobody"}`,
    );
}

/** A day that is stated counts for the share; where none is, only a day that was read all the same is wrong. */
function scoreDates(counts: OwnerCounts, expected: ExpectedOwnerMail, read: OwnerReading, score: Score) {
  const one = (wanted: string | null | undefined, got: string | null, right: boolean, what: string) => {
    if (wanted === undefined) return;
    const states = wanted !== null && wanted !== "open";
    if (got !== null && !right) counts.dateWrong += 1;
    if (states || !right)
      score(states ? counts.date : { right: 0, of: 0 }, right, `${what} ${wanted}, read ${got}`);
  };
  const away = [expected.awayUntil, ...(expected.awayUntilAlso ?? [])];
  const back = read.awayUntil;
  const isBack = back === null ? away.includes("open") || expected.awayUntil === null : away.includes(back);
  one(expected.awayUntil, back, isBack, "away until");
  const { followUpOn, followUpVague } = expected;
  const days = followUpOn && read.followUpOn ? daysBetween(followUpOn, read.followUpOn) : null;
  const near =
    days === null ? followUpOn === read.followUpOn : days >= -3 && days <= (followUpVague ? 31 : 3);
  one(followUpOn, read.followUpOn, near, "follow-up on");
}

function isAsked(expected: ExpectedOwnerMail, read: AskedRange | null): boolean {
  const wanted = [expected.asking, ...(expected.askingAlso ?? [])];
  if (read === null) return wanted.includes(null);
  return wanted.some((one) => {
    if (!one) return false;
    if (!expected.askingVague) return isNear(one.lowUsd, read.lowUsd) && isNear(one.highUsd, read.highUsd);
    const [low, high] = [one.lowUsd ?? 0, one.highUsd ?? Number.POSITIVE_INFINITY];
    return [read.lowUsd, read.highUsd].every((end) => end !== null && end >= low && end <= high);
  });
}

function isNear(wanted: number | null, read: number | null): boolean {
  if (wanted === null || read === null) return wanted === read;
  return Math.abs(wanted - read) <= wanted * 0.01;
}

function add(into: Share, right: boolean): void {
  into.of += 1;
  if (right) into.right += 1;
}

function say(range: AskedRange | null): string {
  return range ? `${range.lowUsd ?? "…"} to ${range.highUsd ?? "…"}` : "nothing";
}

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
const squeeze = (text: string) => text.replace(/\s+/g, " ").trim();
