import { describe, expect, test } from "vitest";
import { decideByRules } from "@/lib/mail-rules/decide-by-rules";
import { mailFromFields } from "@/lib/mail-rules/mail-from-fields";
import { type Verdict, verdictForPerson, verdictOfAgent, verdictOfRules } from "@/lib/replies/verdict";
import { answerClassifier } from "@/stack/claude/classifier/answer-classifier";

const AT = "2026-09-02T15:00:00Z";
const WRITER = "o@x.example";

/** What rules and the stand-in classifier make of an answer of the owner we mailed, on a Wednesday in September. */
function read(text: string, isAutomatic = false) {
  const mail = mailFromFields({
    text,
    subject: isAutomatic ? "Automatic reply: 12 Main" : "Re: 12 Main",
    from: { address: WRITER, name: "Owen Ray" },
    date: AT,
    headersText: `Date: Wed, 2 Sep 2026 10:00:00 -0500\r\n${isAutomatic ? "Auto-Submitted: auto-replied\r\n" : ""}`,
    inReplyTo: "<a@b>",
  });
  const decision = decideByRules(mail, { sent: [], mailedTo: WRITER, receivedAt: AT });
  return { decision, verdict: judge(decision) };
}

function judge(decision: ReturnType<typeof decideByRules>): Verdict {
  if (decision.kind !== "undecided") return verdictOfRules(decision);
  const { visibleText: text, facts } = decision;
  if (text === "") return verdictForPerson(decision.why);
  const answer = answerClassifier({ mail: { from: WRITER, subject: "Re: 12 Main", text }, facts }, false);
  if (answer === null || "results" in answer) throw new Error("no answer");
  return verdictOfAgent(answer, "run", decision);
}

const NEVER = ["opt_out", "hard_pass", "complaint"];
const FILED = ["soft_pass", "wrong_contact", ...NEVER];
const isForEver = ({ category, confidence, details }: Verdict) =>
  NEVER.includes(category) && confidence >= 0.7 && details.toPerson !== true;
const goesToPerson = ({ category, confidence, details }: Verdict) =>
  details.toPerson === true || confidence < 0.7 || !FILED.includes(category);

describe("a wish for no more mail is for ever when the whole mail is that wish", () => {
  test.each([
    "Please take us off your mailing list. Thank you.",
    "I'm not interested in selling. Please stop contacting me.",
    "I asked you last month to stop emailing me. Stop.",
    "Third request: remove me from your list.",
    "You have been told before. Leave us alone.",
    "I want to be removed from your list",
    "I have tried to unsubscribe three times.",
    "Any further contact goes to my attorney.",
    "DO NOT EMAIL",
    "get me off this thing",
    "pls unsuscribe",
    "Stop sending me emails or I will report you to the FTC.",
    "Bitte nehmen Sie mich aus Ihrem Verteiler.",
    "Veuillez me retirer de votre liste.",
    "Togliete il mio indirizzo dalla vostra lista.",
  ])("%s", (text) => {
    expect(isForEver(read(text).verdict)).toBe(true);
  });
});

describe("a wish with anything beside it is a person's to decide", () => {
  test.each([
    "Do not email me, call my cell.",
    "No more emails, let's talk.",
    "Take my wife off, keep me on.",
    "We would opt out of the lease and sell.",
    "Don't send me brokers, principals only. 16M",
    "Use my other address please, this one is going away.",
    "Please don't call me, email only.",
    "North of 20 or don't bother.",
    "Unsubscribe me from the newsletter, but keep sending deals.",
    "Quit emailing my mother, she is 90.",
    "Please remove this building from your list.",
    "Leave me alone until escrow closes.",
    "Stop. Send me the contract.",
    "never write me at work, use home",
    "Take me off the group email, write me privately.",
    "I want to opt out of the JV and sell my share",
  ])("%s", (text) => {
    expect(isForEver(read(text).verdict)).toBe(false);
    expect(goesToPerson(read(text).verdict)).toBe(true);
  });
});

describe("a refusal that offers something is seen", () => {
  test.each([
    "Not now, but I'd listen at 20M",
    "No, but call me next week about the other lot 614-555-0111",
    "We already sold it but have another one on Elm. Make me an offer.",
    "Too early, send me comps though.",
    "Wrong person, but my brother Tim owns it, tim@x.example",
  ])("%s", (text) => {
    expect(goesToPerson(read(text).verdict)).toBe(true);
  });
});

describe("a price is the writer's own, or none", () => {
  const M = 1_000_000;
  test.each<[string, number | null, number | null]>([
    ["I want 24.", 24, 24],
    ["Nothing under 11.", 11, null],
    ["Can't go below 8.2M.", 8.2, null],
    ["The appraiser came in at 8M; we're at 9.", 9, 9],
    ["My wife wants 8M but I'd take 7.", 7, 7],
    ["I paid 3 and want 5.", 5, 5],
    ["APN 123-456-78, 5 acres, $4.2M", 4.2, 4.2],
    ["I have 12 units and want 3M", 3, 3],
    ["Thirty-one million.", 31, 31],
    ["low 20s", 20, 22],
  ])("%s", (text, low, high) => {
    const usd = (millions: number | null) => (millions === null ? null : Math.round(millions * M));
    expect(read(text).decision.facts.askingPrice).toMatchObject({ lowUsd: usd(low), highUsd: usd(high) });
  });

  test.each([
    "I wouldn't take 9M for it.",
    "You said 12M.",
    "Your 6M is a joke.",
    "Zillow says 2.2M",
    "Would you pay 10M?",
    "We turned down 14M.",
    "My neighbor sold for 6M last year.",
    "Loan number 4500000.",
    "A million more than the bank said.",
    "I need 2 weeks",
    "$300k per acre",
  ])("none in: %s", (text) => {
    expect(read(text).decision.facts.askingPrice).toBeNull();
  });
});

describe("the day somebody is back", () => {
  test.each<[string, string]>([
    ["I will be out of the office 09/02 through 09/11.", "2026-09-11"],
    ["I'm away from September 9 through September 13.", "2026-09-13"],
    ["Out until March 2027.", "2027-03-01"],
    ["Out through Labor Day.", "2026-09-07"],
    ["Our hours are Mon-Fri 9-5. Back Sept 14.", "2026-09-14"],
    ["I will be on PTO through Friday, September 11 and back Monday.", "2026-09-14"],
    ["Ich bin vom 01.09. bis 11.09. im Urlaub.", "2026-09-11"],
    ["De retour le 14/09.", "2026-09-14"],
    ["Regreso el lunes 14 de septiembre.", "2026-09-14"],
    ["Sarò assente dal 1 al 11 settembre.", "2026-09-11"],
    ["Volto no dia 14 de setembro.", "2026-09-14"],
    ["Ik ben terug op 14 september.", "2026-09-14"],
    ["Åter på kontoret 14 september.", "2026-09-14"],
    ["9月14日から出社いたします。", "2026-09-14"],
  ])("%s", (text, isoDate) => {
    const { decision } = read(text, true);
    expect(decision).toMatchObject({ kind: "auto_reply", returnDate: { isoDate } });
  });

  test.each([
    "I am on vacation for two weeks.",
    "Away until further notice.",
    "I am out of office starting September 8.",
    "Currently on maternity leave.",
  ])("is not guessed, and a person is asked: %s", (text) => {
    const { decision, verdict } = read(text, true);
    expect(decision).toMatchObject({ kind: "auto_reply", returnDate: null });
    expect(verdict.details.toPerson).toBe(true);
  });
});

describe("another try is promised for the day that was named, and for none that was not", () => {
  test.each([
    ["After tax season.", "2027-04-16"],
    ["Lease is up June 2027, call me then.", "2027-06-01"],
    ["Try me after the 15th.", "2026-09-16"],
    ["Nothing before January.", "2027-01-01"],
    ["I'm in Europe until October, write me then.", "2026-10-01"],
    ["Hold off till Thanksgiving.", "2026-11-26"],
  ])("%s", (text, isoDate) => {
    expect(read(text).decision.facts.followUp?.isoDate).toBe(isoDate);
  });

  test.each([
    "5.5 cap is market.",
    "I'd do a 6.5 cap. Call me.",
    "We have 4.5 acres there.",
    "The loan matures in March 2027.",
    "Suite 2.10 is vacant.",
  ])("none in: %s", (text) => {
    expect(read(text).decision.facts.followUp).toBeNull();
  });
});
