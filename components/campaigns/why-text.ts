import { describeMomentShort } from "@/components/words/moment";
import { sayWhy, type Why } from "@/lib/sending/say-why";

/** Why a mail has not gone, in a sentence with times in its contact's zone; null for one that has. */
export function whyText(
  why: Why | null,
  zone: string | undefined,
  isDryRun: boolean,
  now = new Date(),
): string | null {
  if (!why) return null;
  return sayWhy(why, (iso) => describeMomentShort(new Date(iso), zone ?? "UTC", now), isDryRun);
}
