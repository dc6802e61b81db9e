import type { Correspondent } from "../correspondent";
import type { Persona } from "../persona";

const TITLES = ["Principal", "Managing Member", "Asset Manager", "President"];

/** What stands below an owner's words. */
export function signatureOf(owner: Correspondent, persona: Persona, phone: string): string {
  if (persona.mailProgram === "phone") return "Sent from my iPhone";
  if (persona.haste < 0.25) return owner.firstName;
  const title = TITLES[Math.floor(persona.wording * TITLES.length)] ?? "Principal";
  const lines =
    owner.company === ""
      ? [owner.name, phone]
      : [owner.name, `${title} | ${owner.company}`, `T ${phone}`, `www.${owner.domain}`];
  return `${persona.mailProgram === "gmail" ? "--\n" : "Best regards,\n\n"}${lines.join("\n")}`;
}
