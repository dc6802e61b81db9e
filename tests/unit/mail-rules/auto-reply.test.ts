import { describe, expect, test } from "vitest";
import { readAutoReply } from "@/lib/mail-rules/auto-reply";
import type { ParsedMail } from "@/lib/mail-rules/mail-types";
import { emptyMail } from "@/lib/mail-rules/parse-mail";

function mail(over: Partial<ParsedMail>): ParsedMail {
  return {
    ...emptyMail(),
    from: { address: "owner@example.com", name: "Owner" },
    date: "2026-03-02T15:00:00.000Z",
    subject: "Re: 12 Main Street",
    ...over,
  };
}

const header = (name: string, value: string) => ({ headers: [{ name, value }] });

describe("an automatic reply is told by its header", () => {
  test.each([
    ["auto-submitted", "auto-replied"],
    ["auto-submitted", "auto-replied (vacation)"],
    ["x-autoreply", "yes"],
    ["x-autorespond", "Re: 12 Main Street"],
    ["x-ms-exchange-inbox-rules-loop", "owner@example.com"],
    ["precedence", "auto_reply"],
    ["x-ms-exchange-generated-message-source", "Mailbox Rules Agent"],
  ])("%s: %s", (name, value) => {
    expect(readAutoReply(mail(header(name, value)))?.why).toContain("automatic reply");
  });

  test("Outlook's item class is enough", () => {
    expect(readAutoReply(mail({ messageClass: "IPM.Note.Rules.OofTemplate.Microsoft" }))).not.toBeNull();
  });

  test.each([
    ["auto-submitted", "no"],
    ["x-auto-response-suppress", "All"],
    ["precedence", "bulk"],
    ["precedence", "list"],
  ])("%s: %s says nothing", (name, value) => {
    expect(readAutoReply(mail({ ...header(name, value), text: "We could sell for 4M." }))).toBeNull();
  });
});

describe("an automatic reply is told by its subject", () => {
  test.each([
    "Automatic reply: 12 Main Street",
    "Out of Office: Re: 12 Main Street",
    "Out of office Re: Your building",
    "Auto: Re: 12 Main",
    "AutoReply: hello",
    "Abwesenheitsnotiz: 12 Main Street",
    "Automatische Antwort: 12 Main Street",
    "Réponse automatique : 12 Main Street",
    "Respuesta automática: 12 Main Street",
    "Risposta automatica: 12 Main",
    "Automatisch antwoord: 12 Main",
    "Resposta automática: 12 Main",
    "Autosvar: 12 Main",
    "On vacation Re: 12 Main Street",
    "I'm out of the office",
    "自動返信: 12 Main",
    "Jane Doe is out of the office",
    "Thank you for your email",
  ])("%s", (subject) => {
    expect(readAutoReply(mail({ subject, text: "I am away." }))).not.toBeNull();
  });

  test.each([
    "Re: office space",
    "Re: vacation rental building",
    "Out of curiosity",
    "Auto body shop for sale",
    "Re: your offer",
  ])("%s is a person's", (subject) => {
    expect(readAutoReply(mail({ subject, text: "Call me about the building." }))).toBeNull();
  });
});

describe("an automatic reply is told by its text when nothing in it needs an answer", () => {
  test.each([
    "I am currently out of the office and will return on Monday, March 9. For urgent matters contact sue@example.com.",
    "Thank you for your message. I am out of the office with limited access to email.",
    "Ich bin derzeit nicht im Büro und ab dem 9. März wieder erreichbar.",
    "Je suis absent du bureau jusqu'au 9 mars.",
    "Estaré fuera de la oficina hasta el 9 de marzo.",
    "Hello, I'm away from the office until 3/9.",
    "Jane Doe is no longer with Acme Properties. Please contact Bob at bob@example.com.",
    "This is an automated response. We have received your message.",
  ])("%s", (text) => {
    expect(readAutoReply(mail({ text }))).not.toBeNull();
  });

  test.each([
    "I'm out of the office until Monday, but yes we are interested. What would your buyer pay?",
    "I'm away until Friday. Call me Monday, we would take $5M.",
    "We're on vacation but let's talk next week.",
    "The tenant is out of the building since May.",
    "Not interested, thanks.",
  ])("a person wrote: %s", (text) => {
    expect(readAutoReply(mail({ text }))).toBeNull();
  });
});

describe("what an automatic reply says is kept", () => {
  test("return date, other contacts and kind are read", () => {
    const text =
      "I am out of the office until Monday, March 9, 2026. Please contact Sue (sue@example.com) for help.";
    const reply = readAutoReply(mail({ subject: "Automatic reply: Main St", text }));
    expect(reply?.what).toBe("out_of_office");
    expect(reply?.returnDate).toMatchObject({ isoDate: "2026-03-09", meaning: "back_on" });
    expect(reply?.otherContacts).toEqual(["sue@example.com"]);
  });

  test("someone who left and a challenge are not waited for", () => {
    const left = readAutoReply(
      mail({ subject: "Automatic reply", text: "Jane is no longer with the firm." }),
    );
    expect(left?.what).toBe("left_company");
    const challenge = readAutoReply(
      mail({
        subject: "Automatic reply",
        text: "Please click the link below to confirm that you are a person.",
      }),
    );
    expect(challenge?.what).toBe("challenge");
  });
});
