export interface NextFacts {
  readonly status: string;
  readonly statusReason: string | null;
  readonly extractionStatus: string | null;
  readonly sessionState: string;
  /** Whether the extraction's rows come from a file */
  readonly isImport?: boolean;
}

/** What happens next with a search, or what it waits for, in a sentence or two for a person. */
export function describeNext(facts: NextFacts): string {
  switch (facts.status) {
    case "new":
      return "The sourcing agent starts within a minute. Nothing to do for you yet.";
    case "sourcing":
      return "The sourcing agent is turning the criteria into CoStar payloads. This takes a minute or two.";
    case "awaiting_sourcing":
      return "The payloads are written. Read them and approve them, or say what should change.";
    case "awaiting_extraction":
      return "The payloads are ready to run on CoStar. Have your phone in your hand, then approve the extraction; or import an export you made by hand.";
    case "extracting":
      return describeExtracting(facts);
    case "scheduling":
      return "The campaign is being planned: who is mailed, by which mailbox, and when. Nothing to do for you yet.";
    case "awaiting_campaign":
      return "The campaign is planned. Read who gets which mail and when, then approve it. Nothing is mailed before that.";
    case "active":
      return "Mails are going out as approved. Replies appear under Replies, and each stops its contact's sequence.";
    case "completed":
      return facts.statusReason
        ? `The search ended without a campaign: ${sentence(facts.statusReason)}`
        : "Every mail of the campaign is settled. Replies that still come in are handled as before.";
    case "rejected":
      return `The search ended when a person said no${because(facts.statusReason)} What was found is kept.`;
    case "cancelled":
      return `A person cancelled the search${because(facts.statusReason)} What was found is kept.`;
    case "failed":
      return "The search stopped with a problem. Everything found so far is kept, and you can try again from where it stopped.";
    default:
      return "";
  }
}

function describeExtracting({ extractionStatus, sessionState, isImport }: NextFacts): string {
  if (isImport && extractionStatus !== "completed")
    return "The rows of the file are being saved. You can leave this page; the campaign is planned next.";
  if (extractionStatus === "stopped")
    return "The extraction stopped and waits for you: try again with your phone at hand, import an export instead, or cancel it.";
  if (extractionStatus === "completed") return "The extraction is complete. The campaign is planned next.";
  if (sessionState === "waiting_2fa") return "CoStar asks for 2FA: approve the sign-in on your phone now.";
  if (extractionStatus === "running")
    return "CoStar is being asked page by page, then owner by owner, at a polite rate. You can leave this page.";
  return "The sign-in to CoStar starts. Have your phone in your hand.";
}

function because(reason: string | null): string {
  return reason ? `: ${sentence(reason)}` : ".";
}

function sentence(words: string): string {
  const text = words.trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
