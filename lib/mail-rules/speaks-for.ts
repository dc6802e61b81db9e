import { cutText } from "@/lib/files/text-limits";

const COMPANY =
  /\b(?:any(?:one|body)|every(?:one|body)|no(?:body| ?one)|none of us|any of us|all of us|any (?:other )?(?:employee|person|address|e-?mail|staff))\b[^.!?\n]{0,30}\b(?:here|at|in|from|with|on|our)\b|\b(?:our|this|my|the entire|the whole) (?:company|firm|office|organi[sz]ation|staff|team|employees|partnership|group|corporation|colleagues|domain)\b|\bon behalf of\b|\b(?:as|i am|i'm) (?:the )?(?:general )?counsel\b/i;
const WE = /\b(?:we|us|our|ours)\b/i;
const ONESELF = /\b(?:i|me|my|mine|myself)\b|\bi['’]m\b/i;

/**
 * For whom a person says "never again": "company" when they say so for others there too, "person" when they speak of
 * nobody but themselves, null when "we" can be either. What null means is the routing table's to say.
 */
export function readSpeaksFor(visibleText: string): "company" | "person" | null {
  const text = cutText(visibleText, 2_000).replace(/\s+/g, " ");
  if (COMPANY.test(text)) return "company";
  return ONESELF.test(text) && !WE.test(text) ? "person" : null;
}
