import type { RoutingRule } from "@/lib/settings/routing-rules";

type Rule = Pick<
  RoutingRule,
  "final" | "to_person" | "task_kind" | "task_after_days" | "sequence" | "priority" | "title"
>;

const SEQUENCE: Readonly<Record<string, string>> = {
  stop: "The sequence ends",
  pause: "The sequence pauses",
  keep: "The sequence goes on",
};

/** What holds for a category now, in short sentences: its place, its sequence, who reads it, which task is due when. */
export function sayRule(rule: Rule): string[] {
  const days = rule.task_after_days ?? 0;
  return [
    SEQUENCE[rule.sequence] ?? rule.sequence,
    rule.to_person ? "A person reads it" : "Nobody has to read it",
    ...(rule.task_kind
      ? [
          `A ${rule.task_kind} task ${days === 0 ? "at once" : days === 1 ? "after 1 day" : `after ${days} days`}`,
        ]
      : []),
    `Priority ${rule.priority}`,
  ];
}

/** Whether "a person reads it" may be changed, and why not where it may not. The database holds the same. */
export function judgeReader(rule: Rule): { readonly changeable: boolean; readonly why: string } {
  if (rule.final)
    return { changeable: false, why: "Fixed: it is for ever and is done without waiting for anybody." };
  if (rule.to_person && !rule.task_kind)
    return {
      changeable: false,
      why: "Fixed: no task remembers it, so a mail nobody reads would be lost.",
    };
  return { changeable: true, why: "" };
}

/** What no setting changes about a category, and why. */
export function sayFixed(rule: Rule): string {
  if (rule.final)
    return "What it does is fixed: someone said never again, or reported us. Only an admin lifts that, for one contact or company, with a reason.";
  if (rule.sequence === "stop")
    return "That the sequence ends is fixed: someone who has answered gets no automatic mail.";
  if (rule.sequence === "pause")
    return "That the sequence pauses is fixed: nobody reads mail while they are away.";
  return "That the sequence goes on is fixed: no person wrote.";
}
