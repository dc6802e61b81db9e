/** "Tue, Nov 24" for an ISO date, "09:00" for an hour. */
export function timelineLabel(kind: "day" | "hour", label: string): string {
  if (kind === "hour") return `${label}:00`;
  const [year = 0, month = 1, date = 1] = label.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date)).toLocaleDateString("en-US", {
    weekday: "short",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
}
