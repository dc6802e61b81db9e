export interface AuditRow {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly after: unknown;
  readonly why: string | null;
}

export interface TimelineEntry {
  readonly key: string;
  /** ISO instant */
  readonly at: string;
  /** What happened, in words */
  readonly text: string;
  /** Who did it, when a person did */
  readonly by: string | null;
  /** The person's own words */
  readonly why: string | null;
}

/** An extraction's own row tells what no audit row does: when CoStar was first asked, and how it ended. */
export interface ExtractionRow {
  readonly id: string;
  readonly status: string;
  readonly reason: string | null;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly updated_at: string;
  readonly properties_found: number;
  readonly contacts_found: number;
  readonly import_id?: string | null;
}

const SEARCH_WORDS: Readonly<Record<string, string>> = {
  "search.sourcing": "The sourcing agent started to write payloads",
  "search.extracting": "The extraction began",
  "search.scheduling": "The campaign is being planned",
  "search.active": "The campaign started",
  "search.completed": "The search is complete",
  "search.rejected": "The search ended",
  "search.failed": "The search stopped with a problem",
  "search.cancelled": "The search was cancelled",
  "extraction.retry": "The extraction was started again",
  "extraction.cancel": "The extraction was cancelled",
  "extraction.import": "A CoStar export took the place of the extraction that had stopped",
  "import.uploaded": "A CoStar export was uploaded",
  "import.started": "The import of a CoStar export was started",
  "campaign.active": "The campaign goes on",
  "campaign.paused": "The campaign was paused",
  "campaign.stopped": "The campaign was stopped",
  "campaign.rejected": "The campaign was rejected",
  "campaign.completed": "The campaign is complete",
};

/** What an approval is about, and whether it is one thing or several. */
const SUBJECTS: Readonly<Record<string, readonly [subject: string, verb: "was" | "were"]>> = {
  sourcing: ["The payloads", "were"],
  extraction: ["The extraction", "was"],
  campaign: ["The campaign's plan", "was"],
};

const APPROVAL_WORDS: Readonly<Record<string, string>> = {
  "approval.asked": "put up for approval",
  "approval.auto": "approved automatically",
  "approval.approved": "approved",
  "approval.rejected": "rejected",
  "approval.changes_requested": "sent back with changes to make",
  "approval.snoozed": "put off for later",
  "approval.reopened": "put up for approval again",
};

/** What the audit log says about a search, its approvals, extractions and campaign, newest first, as a person reads it. */
export function buildTimeline(
  rows: readonly (AuditRow & { readonly checkpoint?: string })[],
  extractions: readonly ExtractionRow[],
  created: { readonly at: string; readonly by: string; readonly source: string },
): TimelineEntry[] {
  // A search that begins to wait for an approval says no more than the approval that was asked for.
  const telling = rows.filter((row) => !row.action.includes(".awaiting_") && !isFormality(row, created));
  const entries = telling.map(
    (row): TimelineEntry => ({
      key: String(row.id),
      at: row.at,
      text: describeRow(row),
      by: isPerson(row.actor) ? row.actor : null,
      why: row.why,
    }),
  );
  const origin: TimelineEntry = {
    key: "created",
    at: created.at,
    text: `The search was created ${SOURCES[created.source] ?? ""}`.trim(),
    by: isPerson(created.by) ? created.by : null,
    why: null,
  };
  return [...entries, ...extractions.flatMap(tellExtraction), origin].sort(
    (a, b) => Date.parse(b.at) - Date.parse(a.at) || orderOf(b) - orderOf(a),
  );
}

/** A search made from a file passes the sourcing checkpoint in the instant it is made; there is nothing to tell of it. */
function isFormality(
  { action, at, checkpoint }: AuditRow & { readonly checkpoint?: string },
  created: { readonly at: string; readonly source: string },
): boolean {
  if (created.source !== "import" || Date.parse(at) !== Date.parse(created.at)) return false;
  return action === "search.sourcing" || (action.startsWith("approval.") && checkpoint === "sourcing");
}

function tellExtraction(row: ExtractionRow): TimelineEntry[] {
  const entry = (what: string, at: string, text: string, why: string | null = null) => ({
    key: `${row.id} ${what}`,
    at,
    text,
    by: null,
    why,
  });
  const found = `${row.properties_found.toLocaleString("en-US")} properties, ${row.contacts_found.toLocaleString("en-US")} contacts`;
  return [
    ...(row.started_at
      ? [
          entry(
            "started",
            row.started_at,
            row.import_id ? "The file's rows began to be saved" : "CoStar was signed in to and asked",
          ),
        ]
      : []),
    ...(row.status === "stopped"
      ? [entry("stopped", row.updated_at, "The extraction stopped", row.reason)]
      : []),
    ...(row.status === "completed" && row.finished_at
      ? [
          entry(
            "finished",
            row.finished_at,
            `The ${row.import_id ? "import" : "extraction"} is complete: ${found}`,
          ),
        ]
      : []),
  ];
}

const SOURCES: Readonly<Record<string, string>> = {
  form: "in the form",
  file: "from a JSON file",
  api: "through the API",
  import: "from a CoStar export",
};

function describeRow(row: AuditRow & { readonly checkpoint?: string }): string {
  const approval = APPROVAL_WORDS[row.action];
  if (approval) {
    const [subject, verb] = SUBJECTS[row.checkpoint ?? ""] ?? ["An approval", "was"];
    return `${subject}${revisionOf(row.after)} ${verb} ${approval}`;
  }
  if (row.action === "campaign.activated") {
    const { enrolled, sends } = readCounts(row.after);
    return `The campaign was activated: ${enrolled} contacts, ${sends} mails`;
  }
  return SEARCH_WORDS[row.action] ?? capital(row.action.replace(".", ": ").replaceAll("_", " "));
}

function revisionOf(after: unknown): string {
  const revision = isRecord(after) ? after.revision : undefined;
  return typeof revision === "number" && revision > 1 ? ` (revision ${revision})` : "";
}

function readCounts(after: unknown): { enrolled: string; sends: string } {
  const count = (value: unknown) => (typeof value === "number" ? value.toLocaleString("en-US") : "some");
  return isRecord(after)
    ? { enrolled: count(after.enrolled), sends: count(after.sends) }
    : { enrolled: "some", sends: "some" };
}

function isPerson(actor: string): boolean {
  return !["system", "auto", "service"].includes(actor);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Rows of one transaction share their instant; their number tells which came first. */
function orderOf({ key }: TimelineEntry): number {
  return Number(key) || 0;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
