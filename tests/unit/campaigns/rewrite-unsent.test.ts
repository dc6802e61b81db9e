import { describe, expect, test } from "vitest";
import { diffTexts } from "@/components/campaigns/diff-texts";
import { rewriteUnsent, type Unsent } from "@/lib/campaigns/edits/rewrite-unsent";

const voice = { buyerName: "Buyer", senderName: "Dana", deskName: "Desk", postalAddress: "1 Plaza" };
const contact = (change: Partial<Unsent> = {}): Unsent => ({
  contactId: "c",
  fullName: "Ann Lee",
  firstName: "Ann",
  title: null,
  email: "ann@oak.test",
  company: null,
  companyState: null,
  companyAddress: null,
  propertyId: null,
  propertyAddress: "1 Elm",
  propertyCity: null,
  propertyState: null,
  propertyZip: null,
  propertyType: null,
  buildingSf: null,
  timeZone: "America/Denver",
  reason: null,
  mailboxId: "m",
  mails: [1, 2, 3].map((step) => ({
    step,
    dueAt: step,
    to: "ann@oak.test",
    subject: step === 1 ? "1 Elm" : "RE: 1 Elm",
    body: `Mail ${step}`,
  })),
  stepBefore: null,
  leftAt: null,
  threadSubject: null,
  ...change,
});
const templates = [
  { step: 1, subject: "About {{property_address}}", body: "Hi {{first_name}}" },
  { step: 2, subject: "x", body: "Still {{first_name}}?" },
  { step: 3, subject: "x", body: "Last, {{company}}" },
];
const words = (rewritten: ReturnType<typeof rewriteUnsent>) =>
  rewritten.ok ? rewritten.mails.map(({ subject, body }) => `${subject} / ${body}`) : rewritten.reason;

describe("mails that have not left, written anew", () => {
  test("change only where their template changed", () => {
    expect(words(rewriteUnsent(contact(), templates, new Set([2]), voice))).toEqual([
      "1 Elm / Mail 1",
      "RE: 1 Elm / Still Ann?",
      "RE: 1 Elm / Mail 3",
    ]);
  });

  test("take the new subject through the whole thread while it has not begun", () => {
    expect(words(rewriteUnsent(contact(), templates, new Set([1]), voice))).toEqual([
      "About 1 Elm / Hi Ann",
      "RE: About 1 Elm / Mail 2",
      "RE: About 1 Elm / Mail 3",
    ]);
  });

  test("stay in the thread that has begun, whatever the first mail's template says now", () => {
    const begun = contact({ stepBefore: 1, leftAt: 1, mails: contact().mails.slice(1) });
    expect(words(rewriteUnsent(begun, templates, new Set([1, 2]), voice))).toEqual([
      "RE: 1 Elm / Still Ann?",
      "RE: 1 Elm / Mail 3",
    ]);
  });

  test("stay as they were approved when a tag has nothing to say, and the tag is named", () => {
    expect(words(rewriteUnsent(contact(), templates, new Set([3]), voice))).toBe(
      "mail 3: {{company}} is blank",
    );
  });
});

describe("the difference between two mails", () => {
  const say = (before: string, after: string) =>
    diffTexts(before, after).map(
      ({ value, added, removed }) => `${added ? "+" : removed ? "-" : " "}${value}`,
    );

  test("is shown word by word where most of a paragraph stays, and whole where it was written anew", () => {
    expect(
      say("Hi Ann,\n\nWould you sell your building now?", "Hi Ann,\n\nWould you sell your building then?"),
    ).toEqual([" Hi Ann,", " \n\n", " Would you sell your building ", "-now", "+then", " ?"]);
    expect(say("Last note from me on it.", "I will leave it here, thank you.")).toEqual([
      "-Last note from me on it.",
      " \n",
      "+I will leave it here, thank you.",
    ]);
    // Also where a paragraph went: the others are still told apart from it.
    expect(
      say("Hi Ann,\n\nLast note from me on it.\n\nCall?\n\nDana", "Hi Ann,\n\nThat was all.\n\nDana"),
    ).toEqual([
      ...[" Hi Ann,", " \n\n", "-Last note from me on it.", " \n", "+That was all."],
      ...[" \n\n", "-Call?", " \n\n", " Dana"],
    ]);
  });
});
