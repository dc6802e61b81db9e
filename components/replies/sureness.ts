import { formatPercent } from "@/components/words/numbers";

/** How sure the category is: the agent's confidence, or who said it. */
export function saySureness(decidedBy: string | null, confidence: number | null): string {
  if (decidedBy === "person") return "said by a person";
  if (decidedBy === "rules") return "by rule";
  if (confidence === null) return "";
  return confidence === 0 ? "not classified" : `${formatPercent(confidence, 0)} sure`;
}

/** Who says what a mail is, and why; the reason alone while nobody's word stands, as after an undo. */
export function sayDecision(
  decidedBy: string | null,
  confidence: number | null,
  reason: string | null,
): string {
  const sureness = saySureness(decidedBy, confidence);
  const by = decidedBy === "person" ? /^said by (.+)$/.exec(reason ?? "")?.[1] : undefined;
  if (by) return `${by} said so`;
  const who =
    decidedBy === "person"
      ? "A person said so"
      : decidedBy === "rules"
        ? "Decided by rule"
        : sureness === "not classified"
          ? "The agent could not say"
          : sureness && `The agent is ${sureness}`;
  return [who, reason].filter(Boolean).join(": ");
}
