import { describe, expect, test } from "vitest";
import { readOptOut } from "@/lib/mail-rules/opt-out";

describe("a person who asks to get no more mail is heard", () => {
  test.each([
    "unsubscribe",
    "Please remove me from your list.",
    "Stop emailing me",
    "STOP",
    "Take me off this list please",
    "Please take my name off of your mailing list. Thanks, Bob",
    "Remove",
    "Do not contact me again.",
    "Please don't email me anymore",
    "I do not wish to receive any further emails from you.",
    "Not interested. Please remove us from your database.",
    "Kindly delete my email from your records",
    "No more emails!",
    "Quit sending me these emails",
    "Please unsubscribe me",
    "I want to opt out",
    "How did you get my address? Lose my number.",
    "We never signed up for this. Cease and desist.",
    "Please stop contacting us about our property",
    "Never contact me again",
    "unsubscribe me from this",
    "Please remove this email address from your distribution list",
    "I no longer want to be contacted about this building",
    "stop with the emails",
    "Opt out please",
    "I never subscribed to your emails, take me off",
    "Por favor no me envíen más correos",
    "Bitte keine weiteren E-Mails",
  ])("%s", (text) => {
    expect(readOptOut(text, "Re: 12 Main Street")).not.toBeNull();
  });

  test("a bare subject counts when the mail says little else", () => {
    expect(readOptOut("", "unsubscribe")?.words).toBe("unsubscribe");
    expect(readOptOut("Thanks", "REMOVE ME")).not.toBeNull();
    expect(readOptOut("x ".repeat(200), "Unsubscribe")).toBeNull();
  });
});

describe("mail about something else is no opt-out", () => {
  test.each([
    "Not interested at this time.",
    "We would sell at 5M.",
    "How do I unsubscribe from CoStar? Anyway, call me.",
    "Don't remove me from your list, I may sell next year.",
    "Please do not contact me until January, then we can talk.",
    "Please don't contact my tenants.",
    "Stop by the office on Tuesday.",
    "I can stop by tomorrow to discuss.",
    "The lease lists an option to opt into renewal.",
    "Please send me an offer.",
    "We took it off the market last year.",
    "Remove the contingency and we have a deal.",
    "No thanks.",
    "Who is the buyer?",
    "Don't email me about this building by phone number, call 310-555-0199 instead",
    "I stopped sending invoices to the tenant.",
    "Can you take me through the numbers?",
  ])("%s", (text) => {
    expect(readOptOut(text, "Re: 12 Main Street")).toBeNull();
  });
});
