import { decideByRules, type RuleDecision } from "@/lib/mail-rules/decide-by-rules";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import { stripHtml } from "@/lib/mail-rules/strip-html";
import { stripQuotes } from "@/lib/mail-rules/strip-quotes";
import type { CorpusMail, ExpectedMail } from "./corpus-files";
import { toSource } from "./wrap-body";

/** Counts of one set of mails; every ratio of the report is made from these. */
export interface Counts {
  mails: number;
  bounces: number;
  bouncesFound: number;
  others: number;
  falsePositives: number;
  recipients: number;
  recipientsExact: number;
  hardSoft: number;
  hardSoftDecided: number;
  hardSoftRight: number;
  autoReplies: number;
  autoRepliesFound: number;
  autoRepliesFalse: number;
  complaints: number;
  complaintsFound: number;
  optOuts: number;
  optOutsFound: number;
  notOptOuts: number;
  optOutsFalse: number;
  replyText: number;
  replyTextExact: number;
  replyHtml: number;
  replyHtmlExact: number;
  replyPartial: number;
  replyPartialRight: number;
  misses: string[];
}

export function emptyCounts(): Counts {
  const zero = {} as Record<Exclude<keyof Counts, "misses">, number>;
  const names = (
    "mails bounces bouncesFound others falsePositives recipients recipientsExact hardSoft hardSoftDecided hardSoftRight " +
    "autoReplies autoRepliesFound autoRepliesFalse complaints complaintsFound optOuts optOutsFound notOptOuts optOutsFalse " +
    "replyText replyTextExact replyHtml replyHtmlExact replyPartial replyPartialRight"
  ).split(" ") as Exclude<keyof Counts, "misses">[];
  for (const name of names) zero[name] = 0;
  return { ...zero, misses: [] };
}

export function addCounts(total: Counts, more: Counts): Counts {
  const sum = emptyCounts();
  for (const name of Object.keys(sum) as (keyof Counts)[]) {
    if (name !== "misses") sum[name] = total[name] + more[name];
  }
  return { ...sum, misses: [...total.misses, ...more.misses] };
}

/** Decides every mail and compares with what the corpus expects. */
export async function measure(mails: CorpusMail[]): Promise<Counts> {
  const counts = emptyCounts();
  for (const mail of mails) {
    const decision = decideByRules(await parseMail(toSource(mail)));
    counts.mails += 1;
    scoreKind(counts, mail.expected, decision);
    if (mail.expected.kind === "bounce") scoreBounce(counts, mail.expected, decision);
    scoreReply(counts, mail);
  }
  return counts;
}

function scoreKind(counts: Counts, expected: ExpectedMail, decision: RuleDecision): void {
  const { kind, file } = expected;
  const isAuto = kind === "autoreply" || expected.ooo === true;
  if (kind === "bounce") {
    counts.bounces += 1;
    if (decision.kind === "bounce") counts.bouncesFound += 1;
    else counts.misses.push(`${file}: a bounce, taken for ${decision.kind}`);
  } else {
    counts.others += 1;
    if (decision.kind === "bounce") {
      counts.falsePositives += 1;
      counts.misses.push(`${file}: no bounce, but: ${decision.why}`);
    }
    if (isAuto) counts.autoReplies += 1;
    if (isAuto && decision.kind === "auto_reply") counts.autoRepliesFound += 1;
    if (isAuto && decision.kind !== "auto_reply")
      counts.misses.push(`${file}: an automatic reply, taken for ${decision.kind}`);
    if ((kind === "reply" || kind === "other") && !isAuto && decision.kind === "auto_reply") {
      counts.autoRepliesFalse += 1;
      counts.misses.push(`${file}: no automatic reply, but: ${decision.why}`);
    }
  }
  if (kind === "feedback_loop") {
    counts.complaints += 1;
    if (decision.kind === "complaint" || decision.kind === "opt_out") counts.complaintsFound += 1;
    else counts.misses.push(`${file}: a complaint, taken for ${decision.kind}`);
  }
  scoreOptOut(counts, expected, decision);
}

function scoreOptOut(counts: Counts, expected: ExpectedMail, decision: RuleDecision): void {
  const wanted =
    expected.unsubscribe ?? (expected.kind === "reply" || expected.kind === "other" ? false : null);
  if (wanted === null) return;
  const asked = decision.kind === "opt_out" || decision.flags.includes("asks_to_stop");
  if (wanted) counts.optOuts += 1;
  else counts.notOptOuts += 1;
  if (wanted && asked) counts.optOutsFound += 1;
  if (!wanted && decision.kind === "opt_out") counts.optOutsFalse += 1;
  if (wanted !== asked)
    counts.misses.push(`${expected.file}: opt-out ${wanted}, decided ${decision.kind}: ${decision.why}`);
}

function scoreBounce(counts: Counts, expected: ExpectedMail, decision: RuleDecision): void {
  const bounce = decision.kind === "bounce" ? decision.bounce : null;
  const wanted = expected.recipients ?? [];
  if (wanted.length > 0) {
    counts.recipients += 1;
    const got = bounce?.failedRecipients.map((one) => one.address) ?? [];
    const right = new Set([...wanted, ...(expected.alias ?? [])]);
    const exact = got.length === wanted.length && got.every((address) => right.has(address));
    if (exact) counts.recipientsExact += 1;
    else
      counts.misses.push(
        `${expected.file}: recipients ${wanted.join(", ")}, read ${got.join(", ") || "none"}`,
      );
  }
  const hard = expected.hard_strict === undefined ? expected.hard : expected.hard_strict;
  if (hard === null || hard === undefined || !bounce) return;
  counts.hardSoft += 1;
  if (bounce.verdict === "undecided") return;
  counts.hardSoftDecided += 1;
  if ((bounce.verdict === "hard") === hard) counts.hardSoftRight += 1;
  else
    counts.misses.push(
      `${expected.file}: ${hard ? "hard" : "soft"}, judged ${bounce.verdict}: ${bounce.why}`,
    );
}

function scoreReply(counts: Counts, { expected, bytes }: CorpusMail): void {
  if (!expected.body_only || expected.kind !== "reply") return;
  const policy = expected.signature_policy === "kept" ? "keep" : "strip";
  const isHtml = expected.format === "html";
  const body = bytes.toString("utf8");
  const got = squeeze(isHtml ? stripHtml(body, policy) : stripQuotes(body, policy));
  if (expected.visible_text !== undefined) {
    const exact = got === squeeze(expected.visible_text);
    counts[isHtml ? "replyHtml" : "replyText"] += 1;
    if (exact) counts[isHtml ? "replyHtmlExact" : "replyTextExact"] += 1;
    else counts.misses.push(`${expected.file}: reply text reads "${got.slice(-80)}"`);
  } else if (expected.must_contain || expected.must_not_contain) {
    counts.replyPartial += 1;
    const has = (expected.must_contain ?? []).every((part) => got.includes(squeeze(part)));
    const hasNot = (expected.must_not_contain ?? []).every((part) => !got.includes(squeeze(part)));
    if (has && hasNot) counts.replyPartialRight += 1;
    else counts.misses.push(`${expected.file}: reply text lacks or keeps a part`);
  }
}

/** Exact but for white space, as the suites compare. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, "");
}
