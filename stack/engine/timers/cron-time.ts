import { Cron } from "croner";

const WITH_ZONE = /^(?:CRON_)?TZ=(\S+)\s+(.+)$/;

/**
 * The first tick of a schedule after a time, epoch ms. A schedule has five fields or is `@hourly`-like, with an optional
 * `TZ=Area/City ` in front; without one it is UTC, as on Inngest.
 * @throws {Error} when it is not a schedule or the zone does not exist.
 */
export function nextCronTick(schedule: string, after: number): number | undefined {
  const zoned = WITH_ZONE.exec(schedule.trim());
  const [timezone, fields] = [zoned?.[1] ?? "UTC", (zoned?.[2] ?? schedule).trim()];
  if (!fields.startsWith("@") && fields.split(/\s+/).length !== 5)
    throw new Error("a schedule has five fields");
  return new Cron(fields, { timezone, paused: true }).nextRun(new Date(after))?.getTime();
}
