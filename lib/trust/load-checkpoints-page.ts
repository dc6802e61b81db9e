import "server-only";
import { loadRoutingRules } from "@/lib/approvals/describe-approval";
import { AGENT_CATEGORIES } from "@/lib/replies/classification";
import type { Db } from "@/lib/server/client-options";
import { loadDesk } from "@/lib/settings/desk";
import { loadTrust } from "@/lib/trust/load-trust";
import { nextFriday } from "@/lib/trust/read-until";

/** Every checkpoint's standing, with what its limits can be chosen from, in the desk's zone. */
export async function loadCheckpointsPage(db: Db, now = new Date()) {
  const [trust, desk, rules] = await Promise.all([loadTrust(db), loadDesk(db), loadRoutingRules(db)]);
  const zone = desk.settings.time_zone;
  const agents: readonly string[] = AGENT_CATEGORIES;
  return {
    trust,
    zone,
    choice: {
      friday: nextFriday(now, zone),
      zone,
      // What rules decide never comes to this checkpoint.
      categories: rules.filter((rule) => agents.includes(rule.category)),
    },
  };
}
