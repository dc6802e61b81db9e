import {
  CircleCheckIcon,
  CircleDashedIcon,
  CircleHelpIcon,
  CircleXIcon,
  type LucideIcon,
} from "lucide-react";

export type PartState = "up" | "down" | "stand-in" | "unknown";

export type SystemPart = {
  /** The role it plays: "Database", "Engine", "Mailbox", "Agents", "CoStar". */
  name: string;
  /** What plays it now: "Embedded Postgres", "Outlook on DESK-2". */
  label: string;
  state: PartState;
  /** One sentence: since when, what is wrong, what to try. */
  detail: string;
};

export const STATE_WORDS: Record<PartState, { text: string; icon: LucideIcon; className: string }> = {
  up: { text: "up", icon: CircleCheckIcon, className: "text-positive" },
  down: { text: "down", icon: CircleXIcon, className: "text-danger" },
  "stand-in": { text: "stand-in", icon: CircleDashedIcon, className: "text-attention" },
  unknown: { text: "not known", icon: CircleHelpIcon, className: "text-muted-foreground" },
};

/** The worst of all parts: what the summary's icon shows. */
export function worstState(parts: SystemPart[]): PartState {
  const order: PartState[] = ["down", "unknown", "stand-in", "up"];
  return order.find((state) => parts.some((part) => part.state === state)) ?? "unknown";
}

/** All parts in one line: "Mailbox down · CoStar stand-in · 3 up"; "All 5 parts up". */
export function summarizeParts(parts: SystemPart[]): string {
  if (parts.length === 0) return "No part has reported";
  const up = parts.filter((part) => part.state === "up").length;
  if (up === parts.length) return up === 1 ? `${parts[0]?.name} up` : `All ${up} parts up`;
  const named = (state: PartState) => {
    const names = parts.filter((part) => part.state === state).map((part) => part.name);
    return names.length > 0 ? [`${names.join(", ")} ${STATE_WORDS[state].text}`] : [];
  };
  return [...named("down"), ...named("unknown"), ...named("stand-in"), ...(up > 0 ? [`${up} up`] : [])].join(
    " · ",
  );
}
