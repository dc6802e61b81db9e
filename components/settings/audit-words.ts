/** Actions whose spelled name would not say enough. */
const WORDS: Record<string, string> = {
  "checkpoint.mode": "Changed a checkpoint's mode",
  "desk.settings": "Changed the desk's settings",
  "sending.stopped": "Stopped all sending",
  "sending.resumed": "Resumed sending",
  "mailbox.paused": "Paused a mailbox",
  "mailbox.active": "Resumed a mailbox",
  "exclusion.added": "Excluded by hand",
  "exclusion.lifted": "Lifted an exclusion",
  "learning.pinned": "Pinned a learning",
  "learning.unpinned": "Unpinned a learning",
  "learning.retired": "Retired a learning",
  "learning.brought_back": "Brought a learning back",
  "reply.done": "Put a reply away",
  "reply.answered": "Answered a reply",
  "reply.linked": "Linked a mail to a contact",
};

const THINGS: Record<string, string> = {
  approval_queue: "approval",
  synced_emails: "reply",
  email_exclusions: "exclusion",
  agent_feedback: "learning",
  checkpoint_settings: "checkpoint",
  desk_settings: "desk settings",
  kill_switch: "kill switch",
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
    checkpoint_settings: "/settings",
    desk_settings: "/settings/desk",
    mailboxes: "/settings/mailboxes",
    email_exclusions: "/settings/exclusions",
    agent_feedback: "/settings/learnings",
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
