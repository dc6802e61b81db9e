import { CHECKPOINT_WORDS } from "@/components/trust/checkpoint-words";
import { formatCount, formatDuration, formatPercent, formatUsd, NO_VALUE } from "@/components/words/numbers";
import { readStatus } from "@/components/words/status-words";
import { STAGES, type Stage } from "@/lib/metrics/funnel";
import type { Cell, ColumnKind } from "@/lib/metrics/table";
import { STAGE_WORDS } from "./stage-words";

const EXTRA_CATEGORIES: Readonly<Record<string, string>> = { all: "All mails", unread: "Not read yet" };
const isStage = (name: string): name is Stage => STAGES.some((stage) => stage === name);
const isCheckpoint = (name: string): name is keyof typeof CHECKPOINT_WORDS =>
  Object.hasOwn(CHECKPOINT_WORDS, name);

/** A category in the words of the page. */
export function sayCategory(category: string): string {
  return EXTRA_CATEGORIES[category] ?? readStatus("category", category).text;
}

/** A checkpoint in the words of the page. */
export function sayCheckpoint(name: string): string {
  return isCheckpoint(name) ? CHECKPOINT_WORDS[name].title : name;
}

/** A day as `3 Nov 2026`. */
export function sayDay(day: string): string {
  const at = new Date(`${day.slice(0, 10)}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  const parts = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return parts.format(at);
}

/** A cell as text. */
export function sayCell(cell: Cell | undefined, kind: ColumnKind): string {
  if (cell === null || cell === undefined || cell === "") return NO_VALUE;
  if (typeof cell === "number") return sayNumber(cell, kind);
  if (kind === "category") return sayCategory(cell);
  if (kind === "checkpoint") return sayCheckpoint(cell);
  if (kind === "mode") return cell === "auto" ? "Auto" : "Plan";
  if (kind === "stage") return isStage(cell) ? STAGE_WORDS[cell].label : cell;
  return kind === "day" ? sayDay(cell) : cell;
}

function sayNumber(value: number, kind: ColumnKind): string {
  if (kind === "share") return formatPercent(value);
  if (kind === "signed-share")
    return `${value > 0 ? "+" : value < 0 ? "−" : ""}${formatPercent(Math.abs(value))}`;
  if (kind === "ms") return formatDuration(value);
  if (kind === "usd") return value > 0 && value < 0.005 ? `$${value.toFixed(4)}` : formatUsd(value);
  return kind === "decimal" ? value.toFixed(1) : formatCount(value);
}
