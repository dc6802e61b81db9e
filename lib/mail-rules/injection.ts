import { cutText, quoteForWhy } from "@/lib/files/text-limits";

/** A sign that a mail tries to instruct a program that reads it. For people and logs; it decides nothing. */
export interface InjectionSign {
  kind: "instruction" | "role" | "file_reference" | "command" | "tool" | "hidden_text";
  words: string;
}

const SIGNS: readonly (readonly [InjectionSign["kind"], RegExp])[] = [
  [
    "instruction",
    /\b(?:ignore|disregard|forget|override|bypass)\b(?: \w+){0,4} (?:previous|prior|above|earlier|preceding|existing|system|your|all)(?: \w+){0,3} (?:instructions?|prompts?|rules?|guidelines?|directions?|context)\b/i,
  ],
  [
    "instruction",
    /\b(?:ignoriere|vergiss)\b.{0,40}\b(?:anweisungen|regeln)\b|\b(?:ignora|olvida)\b.{0,40}\binstrucciones\b|\bignore[zr]?\b.{0,40}\bles instructions\b/i,
  ],
  [
    "instruction",
    /\b(?:classify|categori[sz]e|label|mark|score|rate|route) (?:this|the) (?:e-?mail|message|reply|lead)? ?(?:as|with)\b/i,
  ],
  [
    "instruction",
    /\b(?:new|updated|real|actual) (?:system )?(?:instructions?|prompt)\s*:|\b(?:print|reveal|repeat|output|show)\b.{0,30}\b(?:system prompt|your (?:instructions|prompt|rules))\b/i,
  ],
  [
    "role",
    /^\W{0,4}(?:system|assistant|developer|human|user)\s*:\s*\S|<\/?(?:system|assistant|instructions?|prompt|tool_(?:call|use|result))\b[^>\n]{0,80}>|\[\/?INST\]|<\|(?:im_start|im_end|system|endoftext)\|>/im,
  ],
  [
    "role",
    /\b(?:you are (?:now )?(?:an? )?(?:ai|assistant|language model|chatbot|agent|llm|dan)\b|as an ai (?:model|assistant|language)|to (?:the|any) (?:ai|llm|model|assistant|agent|bot) reading this)\b/i,
  ],
  [
    "file_reference",
    /(?:^|[\s"'(`])@(?:~|\.{0,2}\/|\/|[A-Za-z]:\\)[^\s"')`]{2,200}|(?:^|\s)@[\w.-]{1,40}\/[\w./-]{2,120}\.(?:env|json|md|txt|key|pem|ya?ml|ts|js)\b|\bfile:\/\/\S{3,200}/im,
  ],
  [
    "file_reference",
    /\/etc\/(?:passwd|shadow|hosts)\b|\.ssh\/|\bid_rsa\b|\.env\b(?=\W|$)|\.claude\b|CLAUDE\.md/i,
  ],
  ["command", /^[ \t]*\/[a-z][a-z0-9:_-]{1,30}(?=\s|$)/im],
  [
    "command",
    /^[ \t]*!(?:[a-z]{2,12}\b|\s?`)|\b(?:rm -rf|curl -[a-z]|wget http|powershell(?:\.exe)?\s-|chmod \+x|sudo )\b/im,
  ],
  ["command", /\$\([^)\n]{2,200}\)|`(?:rm|curl|cat|wget|bash|sh|python|node)\b[^`\n]{0,200}`/i],
  [
    "tool",
    /\b(?:use|call|invoke|run|execute) the (?:\w+ ){0,2}(?:tool|function|bash|shell|command)\b|\bfunction_calls?\b|\btool_use\b/i,
  ],
];

/** Tag characters spell invisible ASCII (U+E0020 to U+E007E); bidi overrides reorder what a person sees. */
const HIDDEN = /[\u{e0020}-\u{e007e}]{3,}|[\u202a-\u202e\u2066-\u2069]{2,}/u;

/** Looks for attempts to instruct an agent, in the visible text, the subject, and text hidden from readers. */
export function findInjectionSigns(text: string, subject = ""): InjectionSign[] {
  const sample = cutText(`${subject}\n${text}`, 30_000);
  const found: InjectionSign[] = [];
  for (const [kind, pattern] of SIGNS) {
    const match = pattern.exec(sample);
    if (match) found.push({ kind, words: quoteForWhy(match[0], 80) });
  }
  if (HIDDEN.test(sample)) found.push({ kind: "hidden_text", words: "invisible characters" });
  return found;
}
