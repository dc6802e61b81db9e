import type { PersonaKind } from "../persona";
import type { WordFacts } from "./facts";

type Wording = (facts: WordFacts) => string;
export type HumanKind = Exclude<PersonaKind, "silent" | "hard_bounce" | "soft_bounce" | "out_of_office">;

/** What people answer, several wordings for each kind. */
export const HUMAN_WORDS: Readonly<Record<HumanKind, readonly Wording[]>> = {
  interested: [
    ({ you, phone }) =>
      `Hi ${you},\n\nTiming is good. We would consider an offer on this one if the terms are clean. Give me a call Thursday afternoon, my cell is ${phone}.`,
    ({ you }) =>
      `${you},\n\nI'm open to hearing what your buyer has in mind. Send over an LOI and I will get you the rent roll under an NDA.`,
    () => `Been thinking about selling anyway. Let's set up a call next Tuesday at 10am.`,
    ({ you }) =>
      `Hello ${you},\n\nThank you for the note. We're listening. Happy to talk this week, mornings are best.\n`,
  ],
  pricing_given: [
    ({ price, cap }) => `We'd look at ${price}, ${cap} cap. Anything below that is not worth our time.`,
    ({ you, price }) =>
      `Hi ${you},\n\nWe are not actively marketing it, but we would take ${price} for a quick close with no financing contingency.`,
    ({ you, price, phone }) => `${you} - asking ${price} firm. Call me at ${phone} if your buyer is real.`,
    ({ price, cap }) =>
      `Our number is ${price}, which is about a ${cap}% cap on current income. I can send the T12 and rent roll.`,
  ],
  question: [
    ({ you }) => `Hi ${you},\n\nWho is the buyer, and can you send proof of funds?`,
    ({ property }) =>
      `Which property do you mean exactly? We have more than one on that street and "${property}" does not tell me.`,
    ({ you }) => `${you}, how did you get my email address? And what is your buyer looking for?`,
    () => `Is your client in a 1031, and when would they have to close?`,
  ],
  soft_pass: [
    ({ you }) => `Hi ${you},\n\nNot right now. Maybe next year when the lease is renewed.`,
    ({ year }) =>
      `Thanks for reaching out. We just refinanced and have no plans to sell before ${year + 2}. Check back then.`,
    () => `We are long-term holders and not looking to sell at this time. Keep us in mind though.`,
    ({ you }) => `${you},\n\nTiming isn't right for the family. Try us again in the spring.`,
  ],
  hard_pass: [
    () => `Not for sale. Never contact us again.`,
    () => `I have told your office before: this building will never be sold. Do not contact me again.`,
    ({ you }) =>
      `${you},\n\nStop emailing me about my properties. I am not going to sell to you or anybody else, ever.`,
    () => `Leave us alone. The next letter comes from my attorney.`,
    () => `Not for sale. Not now, not ever. My family will never sell this property.`,
    ({ you }) => `${you}, we will never sell, at any price. Lose my number.`,
  ],
  opt_out: [
    () => `Unsubscribe`,
    () => `Please unsubscribe me from this list.`,
    () => `Remove me from your mailing list.`,
    () => `UNSUBSCRIBE\n\nPlease take this address off your list, thank you.`,
  ],
  broker_redirect: [
    ({ other, brokerage }) =>
      `The property is listed with ${brokerage}. Please speak to our broker, ${other}.`,
    ({ you, other, brokerage, phone }) =>
      `Hi ${you},\n\nWe are represented by ${other} at ${brokerage}, ${phone}. All inquiries go through the listing agent.`,
    ({ brokerage }) => `We have an exclusive with ${brokerage}. Contact them directly, not us.`,
  ],
  referral: [
    ({ other, otherEmail }) =>
      `My partner ${other} handles our dispositions. Please write to my partner directly at ${otherEmail}.`,
    ({ you, other, phone }) =>
      `${you},\n\nI only do the accounting. ${other} makes the decisions on the real estate, reachable at ${phone}.`,
    ({ other, otherEmail }) => `You should talk to our asset manager, ${other} (${otherEmail}). Copied here.`,
  ],
  wrong_contact: [
    () => `You have the wrong person. I don't own this property.`,
    ({ year }) => `We sold that building in ${year - 3}. Please update your records.`,
    ({ you }) => `Hi ${you},\n\nI no longer work there and have nothing to do with the building.`,
    ({ property }) => `Wrong company, we never owned ${property}.`,
  ],
};
