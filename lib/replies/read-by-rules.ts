import "server-only";
import { claimEmail, decideWithoutAgent } from "./classify-email";
import { openEmails } from "./open-email";
import { type Routed, routeEmail } from "./route-email";

export type FirstReading =
  | { readonly outcome: "taken" }
  | { readonly outcome: "routed"; readonly routed: Routed }
  | { readonly outcome: "undecided" };

/**
 * Takes a mail and, where no agent is needed to say what it is, does at once what that asks for: a bounce or an opt-out
 * waits for nobody. `claimant` may do this twice with one effect.
 */
export async function readByRules(emailId: string, claimant: string): Promise<FirstReading> {
  if (!(await claimEmail(emailId, claimant))) return { outcome: "taken" };
  const [opened] = await openEmails([emailId]);
  const verdict = opened && decideWithoutAgent(opened);
  if (!verdict || (verdict.decidedBy === "agent" && verdict.confidence > 0)) return { outcome: "undecided" };
  return { outcome: "routed", routed: await routeEmail(emailId, verdict) };
}
