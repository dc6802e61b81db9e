import { cutText, quoteForWhy } from "@/lib/files/text-limits";
import type { MailAttachment } from "./mail-types";

/** A paper about the property that came with a reply, or that its writer says will come. */
export interface DocumentFact {
  /** "rent roll", "T-12", "offering memorandum" …, or an attachment's file name. */
  name: string;
  state: "attached" | "promised" | "mentioned";
  words: string;
}

const KINDS: readonly (readonly [string, RegExp])[] = [
  ["rent roll", /\brent[- _]?rolls?\b/i],
  ["T-12", /\bt[- _]?12s?\b|\btrailing (?:12|twelve)\b|\bttm\b/i],
  [
    "offering memorandum",
    /\boffering memorand(?:um|a)\b|\bOMs?\b(?=[ ,.;:!?)]|$)|\bmarketing package\b|\bflyer\b|\bbrochure\b/,
  ],
  [
    "operating statement",
    /\boperating (?:statements?|expenses)\b|\bp ?& ?l\b|\bprofit and loss\b|\bfinancials\b|\bpro ?forma\b/i,
  ],
  ["lease", /\bleases?\b(?! (?:expir|end|term|is|was|renew))/i],
  ["NDA", /\b(?:NDA|CA)\b|\bconfidentiality agreement\b|\bnon-?disclosure\b/],
  ["LOI", /\bLOI\b|\bletter of intent\b/],
  [
    "survey",
    /\b(?:alta|survey|title report|environmental report|phase (?:i|1)\b|appraisal|site plan|floor plans?)\b/i,
  ],
];
const ATTACHED = /\b(?:attached|attaching|enclosed|see attachment|here (?:is|are)|included)\b/i;
const PROMISED =
  /\b(?:i|we)(?:['’]ll| will| can| could|['’]m going to| am going to| are going to)\b[^.!?]{0,60}\b(?:send|share|forward|provide|get|e-?mail)\b|\bwill (?:send|follow|forward|share|provide|get you)\b|\bto follow\b|\bsending\b|\bhappy to (?:send|share|provide)\b/i;
/** Pictures of a signature are nothing a broker opens. */
const DECORATION =
  /^(?:image\d*|logo|signature|icon|facebook|linkedin|twitter|outlook-)[^/]*\.(?:png|jpe?g|gif|svg)$/i;

/** Documents in the stripped text and among the attachments, each once, at most twelve. */
export function readDocuments(visibleText: string, attachments: readonly MailAttachment[]): DocumentFact[] {
  const found = new Map<string, DocumentFact>();
  for (const { filename } of attachments) {
    if (!filename || DECORATION.test(filename)) continue;
    const name = quoteForWhy(filename, 120);
    found.set(name.toLowerCase(), { name, state: "attached", words: name });
  }
  const sentences = cutText(visibleText, 8_000)
    .split(/(?<=[a-z\d)][.!?])\s+|\n+/)
    .slice(0, 80);
  for (const sentence of sentences) {
    for (const [name, pattern] of KINDS) {
      if (found.has(name) || !pattern.test(sentence)) continue;
      const state = ATTACHED.test(sentence) ? "attached" : PROMISED.test(sentence) ? "promised" : "mentioned";
      found.set(name, { name, state, words: quoteForWhy(sentence, 160) });
    }
  }
  return [...found.values()].slice(0, 12);
}
