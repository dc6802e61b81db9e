/** Actions whose spelled name would not say enough. */
const WORDS: Record<string, string> = {
  "checkpoint.mode": "Changed a checkpoint's mode",
  "checkpoint.limits": "Changed the limits of auto",
  "checkpoint.ahead_of_evidence": "Put into auto ahead of the evidence",
  "trust.settings": "Changed the rules of trust",
  "approval.verdict": "Looked back at an auto approval",
  "approval.auto": "Let through by auto",
  "notice.acknowledged": "Has seen",
  "desk.settings": "Changed the desk's settings",
  "sending.stopped": "Stopped all sending",
  "sending.resumed": "Resumed sending",
  "lookups.imported": "Imported lookups",
  "import.uploaded": "Uploaded a CoStar export",
  "import.started": "Started an import",
  "import.chosen": "Chose whose value stays in an import",
  "import.replaced": "Took a value from an export",
  "import.discarded": "Threw an export away",
  "extraction.import": "Imported an export instead of asking CoStar",
  "mailbox.paused": "Paused a mailbox",
  "mailbox.active": "Resumed a mailbox",
  "mailbox.moved": "Moved a mailbox to another relay",
  "relay.forgotten": "Took a relay off the list",
  "mailbox.auto_paused": "A mailbox paused itself",
  "mailbox.limits": "Changed a mailbox's limits",
  "campaign.edited": "Changed mails of a running campaign that had not left",
  "campaign.auto_paused": "A campaign paused itself",
  "contact.opted_out": "Opted out by the link in a mail",
  "exclusion.added": "Excluded by hand",
  "exclusion.lifted": "Lifted an exclusion",
  "learning.pinned": "Pinned a learning",
  "learning.unpinned": "Unpinned a learning",
  "learning.retired": "Retired a learning",
  "learning.brought_back": "Brought a learning back",
  "learning.edited": "Rewrote a learning",
  "learning.merged": "Merged learnings",
  "learning.kept_both": "Kept two learnings that disagree",
  "learning.noted": "Said what a search should have found",
  "agents.paused": "Paused all agents",
  "agents.resumed": "Agents answer again",
  "agents.tried": "Had paused agents tried at once",
  "agent.saved": "Saved an agent's definition",
  "agent.activated": "Made an agent's definition live",
  "agent.follows_file": "Let an agent follow its file again",
  "shadow.started": "Started a shadow",
  "shadow.stopped": "Stopped a shadow",
  "shadow.switched": "Switched to a shadow's definition",
  "reply.done": "Put a reply away",
  "reply.answered": "Answered a reply",
  "reply.answer_failed": "Brought a reply back: the answer did not leave",
  "reply.linked": "Linked a mail to a contact",
  "reply.undone": "Took back what was done about a reply",
  "reply.snoozed": "Put a reply off",
  "reply.unsnoozed": "Brought a reply back",
  "reply.assigned": "Assigned a reply",
  "contact.answered_by_hand": "Seen: somebody wrote by hand",
  "contact.address_forgotten": "Forgot an address of a contact",
  "contact.may_be_contacted": "Lifted do-not-contact from a contact",
  "company.may_be_contacted": "Lifted do-not-contact from a company",
  "proposal.accepted": "Accepted what a reply proposed",
  "proposal.dismissed": "Dismissed what a reply proposed",
  "routing.changed": "Changed what a category does",
  "answer_template.added": "Added an answer template",
  "answer_template.changed": "Changed an answer template",
  "answer_template.moved": "Moved an answer template",
  "answer_template.retired": "Retired an answer template",
  "answer_template.brought_back": "Brought an answer template back",
};

const THINGS: Record<string, string> = {
  approval_queue: "approval",
  synced_emails: "reply",
  email_exclusions: "exclusion",
  agent_feedback: "learning",
  checkpoint_settings: "checkpoint",
  trust_settings: "rules of trust",
  notices: "notice",
  desk_settings: "desk settings",
  kill_switch: "kill switch",
  costar_lookups: "lookups",
  agent_circuit: "agents",
  agent_definitions: "agent definition",
  agent_shadows: "shadow",
  routing_rules: "category",
};

/** An action as a person reads it: `reply.hard_pass` is "Filed as hard pass", `search.completed` is "Completed". */
export function sayAction(action: string): string {
  const known = WORDS[action];
  if (known) return known;
  const [thing = "", ...rest] = action.replaceAll("_", " ").split(".");
  const what = rest.join(" ") || thing;
  return thing === "reply" ? `Filed as ${what}` : what.charAt(0).toUpperCase() + what.slice(1);
}

export function sayEntity(entity: string): string {
  return THINGS[entity] ?? entity.replaceAll("_", " ").replace(/s$/, "");
}

/** The page a row is about, where there is one. */
export function entityHref(entity: string, id: string): string | null {
  const pages: Record<string, string> = {
    approval_queue: `/approvals/${id}`,
    synced_emails: `/replies/${id}?tab=all`,
    searches: `/searches/${id}`,
    campaigns: `/campaigns/${id}`,
    contacts: `/contacts/${id}`,
    checkpoint_settings: `/settings/checkpoints/${id}`,
    trust_settings: "/settings/trust",
    desk_settings: "/settings/desk",
    mailboxes: "/settings/mailboxes",
    imports: `/searches/imports/${id}`,
    costar_lookups: "/settings/lookups",
    relays: "/settings/mailboxes",
    email_exclusions: "/settings/exclusions",
    agent_feedback: `/settings/learnings/${id}`,
    routing_rules: "/settings/replies",
    answer_templates: "/settings/replies",
    agent_circuit: "/settings/agents",
    agent_definitions: `/settings/agents/${id}`,
    agent_shadows: `/settings/agents/shadows/${id}`,
  };
  return pages[entity] ?? null;
}

/** What differs between two states, field by field; a value that is no plain one is written as JSON. */
export function listChanges(
  before: unknown,
  after: unknown,
): { field: string; from: string | null; to: string | null }[] {
  const [old, now] = [asRecord(before), asRecord(after)];
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return fields
    .filter((field) => field !== "updated_at" && JSON.stringify(old[field]) !== JSON.stringify(now[field]))
    .map((field) => ({
      field: field.replaceAll("_", " "),
      from: field in old ? sayValue(old[field]) : null,
      to: field in now ? sayValue(now[field]) : null,
    }));
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function sayValue(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}
