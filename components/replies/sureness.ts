import { formatPercent } from "@/components/format/numbers";

/** How sure the category is: the agent's confidence, or who said it. */
export function saySureness(decidedBy: string | null, confidence: number | null): string {
  if (decidedBy === "person") return "said by a person";
  if (decidedBy === "rules") return "by rule";
  if (confidence === null) return "";
  return confidence === 0 ? "not classified" : `${formatPercent(confidence, 0)} sure`;
}
