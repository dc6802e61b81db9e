import type { Classification } from "@/lib/replies/classification";
import type { AgentCategory } from "./category-rules";

/** What a person might answer; empty where no answer should go out. `firstName` may be empty. */
export function suggestAnswer(
  category: AgentCategory,
  firstName: string,
  facts: Classification["facts"],
): string {
  const body = bodyFor(category, facts);
  if (body === "") return "";
  return `${firstName === "" ? "Hello" : `Hi ${firstName}`},\n\n${body}\n\nBest regards,`;
}

function bodyFor(category: AgentCategory, facts: Classification["facts"]): string {
  const time = facts.callTimes[0];
  switch (category) {
    case "interested":
      return time
        ? `Thank you for getting back to me. ${capitalised(time)} works; I will call you then. A current rent roll beforehand would help us come prepared.`
        : "Thank you for getting back to me. When would be a good time for a short call this week? A current rent roll beforehand would help us come prepared.";
    case "pricing_given": {
      const price =
        facts.askingPriceUsd === null ? "the guidance" : `$${facts.askingPriceUsd.toLocaleString("en-US")}`;
      return `Thank you, that helps. I will take ${price} to the buyer today. Could you send the rent roll and the trailing twelve months, so that we can answer with terms?`;
    }
    case "question":
      return "Thank you for asking. I will get you the details on the buyer and the property we mean, and answer each point today.";
    case "referral":
      return facts.names[0]
        ? `Thank you for pointing me to ${facts.names[0]}. I will write there and leave you out of it unless you prefer otherwise.`
        : "Thank you. Could you tell me the best name and number for the person who decides?";
    case "broker_redirect":
      return facts.names[0]
        ? `Thank you, I will take it up with ${facts.names[0]}.`
        : "Thank you. Could you tell me who represents the property, so that I can take it up there?";
    case "soft_pass":
      return "Thank you for telling me, that is helpful. I will check back when it suits you better.";
    case "wrong_contact":
      return "Thank you for letting me know, and sorry for the trouble. I will correct our records.";
    case "buyer_inquiry":
      return "Thank you for writing. Send me your criteria and I will keep you in mind when something fits.";
    default:
      return "";
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
