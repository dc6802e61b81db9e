import { describeMomentShort } from "@/components/format/moment";
import { env } from "@/lib/config/env";
import { sayWhy, type Why } from "@/lib/sending/say-why";

/** Why a mail has not gone, in a sentence with times in its contact's zone; null for one that has. On the server only. */
export function whyText(why: Why | null, zone: string | undefined, now = new Date()): string | null {
  if (!why) return null;
  return sayWhy(why, (iso) => describeMomentShort(new Date(iso), zone ?? "UTC", now), env().DRY_RUN);
}
