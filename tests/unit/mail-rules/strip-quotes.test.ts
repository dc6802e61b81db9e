import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stripQuotes } from "@/lib/mail-rules/strip-quotes";

const REPLY = "We would sell for $4.5M.\n\nCall me.";

const QUOTED: Record<string, string> = {
  "Gmail in English":
    "On Tue, Mar 4, 2025 at 10:12 AM Desk <desk@example.org> wrote:\n\n> Would you sell?\n> Regards",
  "Gmail with a wrapped attribution":
    "On Tue, Mar 4, 2025 at 10:12 AM A Very Long Name Here <\ndesk@example.org> wrote:\n\n> Would you sell?",
  "Apple Mail": "On Mar 4, 2025, at 10:12 AM, Desk <desk@example.org> wrote:\n\nWould you sell?",
  "Thunderbird in German": "Am 04.03.2025 um 10:12 schrieb Desk:\n> Verkaufen Sie?",
  "Gmail in German": "Am Di., 4. März 2025 um 10:12 Uhr schrieb Desk <desk@example.org>:\n\n> Verkaufen Sie?",
  "Gmail in French": "Le mar. 4 mars 2025 à 10:12, Desk <desk@example.org> a écrit :\n\n> Vendez-vous ?",
  "Gmail in Spanish": "El mar, 4 mar 2025 a las 10:12, Desk (<desk@example.org>) escribió:\n\n> ¿Vende?",
  "Gmail in Portuguese": "Em ter., 4 de mar. de 2025 às 10:12, Desk <desk@example.org> escreveu:\n\n> Vende?",
  "Gmail in Italian":
    "Il giorno mar 4 mar 2025 alle ore 10:12 Desk <desk@example.org> ha scritto:\n\n> Vende?",
  "Gmail in Dutch": "Op di 4 mrt 2025 om 10:12 schreef Desk <desk@example.org>:\n\n> Verkoopt u?",
  "Outlook 2016":
    "From: Desk <desk@example.org>\nSent: Tuesday, March 4, 2025 10:12 AM\nTo: Owner <owner@example.com>\nSubject: 12 Main Street\n\nWould you sell?",
  "Outlook 365 with a rule":
    "________________________________\nFrom: Desk <desk@example.org>\nSent: Tuesday, March 4, 2025 10:12 AM\nTo: Owner\nSubject: 12 Main\n\nWould you sell?",
  "Outlook 2003":
    "-----Original Message-----\nFrom: Desk\nSent: Tuesday\nTo: Owner\nSubject: 12 Main\n\nWould you sell?",
  "Outlook in German":
    "Von: Desk <desk@example.org>\nGesendet: Dienstag, 4. März 2025 10:12\nAn: Owner\nBetreff: 12 Main\n\nVerkaufen Sie?",
  "Outlook in French":
    "De : Desk <desk@example.org>\nEnvoyé : mardi 4 mars 2025 10:12\nÀ : Owner\nObjet : 12 Main\n\nVendez-vous ?",
  Yahoo: "On Tuesday, March 4, 2025 at 10:12:00 AM PST, Desk <desk@example.org> wrote:\n\n Would you sell?",
  "Gmail in Norwegian": "tir. 4. mars 2025 kl. 10:12 skrev Desk <desk@example.org\n>:\n\n> Selger du?",
  "Gmail in Russian": "вт, 4 мар. 2025 г. в 10:12, Desk <desk@example.org>:\n\n> Продаёте?",
  "Gmail in Japanese": "2025年3月4日(火) 10:12 Desk <desk@example.org>:\n\n> hi",
  "a language not listed": "Dňa ut 4. 3. 2025 o 10:12 Desk <desk@example.org> napísal(a):\n\n> hi",
  AOL: "In a message dated 3/4/2025 10:12:00 AM Pacific Standard Time, desk@example.org writes:\n\nWould you sell?",
  Horde: "Quoting Desk <desk@example.org>:\n\n> Would you sell?",
  Android: "---- Desk wrote ----\n\nWould you sell?",
  Samsung:
    "-------- Original message --------\nFrom: Desk <desk@example.org>\nDate: 3/4/25 10:12 AM (GMT-08:00)\nTo: Owner\nSubject: 12 Main\n\nWould you sell?",
  "an original-message rule in Danish": "-------- Oprindelig besked --------\n\nVil du sælge?",
  "Outlook for Mac":
    "From: Desk <desk@example.org>\nDate: Tuesday, March 4, 2025 at 10:12 AM\nTo: Owner\nSubject: 12 Main\n\nWould you sell?",
  Hotmail:
    "Subject: 12 Main\nFrom: desk@example.org\nDate: Tue, 4 Mar 2025 10:12:00 -0800\nTo: owner@example.com\n\nWould you sell?",
  "quote marks alone": "> Would you sell?\n> Regards",
};

describe("the reply is left when the quoted mail is cut", () => {
  test.each(Object.entries(QUOTED))("%s", (_name, quoted) => {
    expect(stripQuotes(`${REPLY}\n\n${quoted}`)).toBe(REPLY);
    expect(stripQuotes(`${REPLY}\r\n\r\n${quoted.replaceAll("\n", "\r\n")}`)).toBe(REPLY);
  });
});

describe("what ends a mail is cut, and kept on request", () => {
  test.each([
    "-- \nJane Doe\nAcme Properties\n310-555-0142",
    "Sent from my iPhone",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Von meinem iPhone gesendet",
    "Envoyé de mon iPhone",
    "Enviado desde mi iPhone",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone",
    "CONFIDENTIALITY NOTICE: This e-mail is for the intended recipient only.",
    "This email and any attachments are confidential and intended solely for the addressee.",
  ])("%s", (ending) => {
    expect(stripQuotes(`${REPLY}\n\n${ending}`)).toBe(REPLY);
    expect(stripQuotes(`${REPLY}\n\n${ending}`, "keep")).toContain(ending.split("\n").at(-1));
  });

  test("a gateway's warning above the reply goes", () => {
    const banner = "CAUTION: This email originated from outside of the organization. Do not click links.";
    expect(stripQuotes(`${banner}\n\n${REPLY}`)).toBe(REPLY);
  });
});

describe("no words of the reply are lost", () => {
  test.each([
    "On Tuesday I wrote to my lawyer about it.",
    "From: my point of view the price is fine.",
    "Key points\n----\n1. Price is $5M and that is firm for the next month or so.\n2. No brokers.",
    "-- first point\n-- second point",
    "The form is sent from the county.",
    "```\n# not a rule\n----\n```\nDone.",
  ])("%s", (text) => {
    expect(stripQuotes(text)).toBe(text);
  });

  test("an answer below the quote is the reply", () => {
    expect(stripQuotes("On Mar 4, 2025, at 10:12, Desk wrote:\n\n> Would you sell?\n\nYes, for $5M.")).toBe(
      "Yes, for $5M.",
    );
  });

  test("answers between quotes stay with the questions they answer", () => {
    const text = "On Mar 4, 2025, at 10:12, Desk wrote:\n> Price?\n$5M\n> When?\nMay";
    expect(stripQuotes(text)).toBe("> Price?\n$5M\n> When?\nMay");
  });

  test("a mail of nothing but quotes is shown whole", () => {
    expect(stripQuotes("> only a quote")).toBe("> only a quote");
  });

  test("for any words without a sign of quoting, nothing changes", () => {
    const word = fc.stringMatching(/^[b-z]{4,9}$/);
    const line = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
        const text = lines.filter((one) => !/^unsubscribe|^avast/.test(one)).join("\n");
        return stripQuotes(text) === text;
      }),
    );
  });
});
