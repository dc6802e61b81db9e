import { Temporal } from "temporal-polyfill";
import type { SequenceTemplate } from "@/lib/campaigns/templates/default-sequence";
import { soften } from "@/lib/campaigns/templates/softer-sequence";
import { readFeedback } from "../read-feedback";

/** A campaign as words about it are read. */
export interface SpokenOf {
  readonly timeZone: string;
  /** Clock times like "09:00" */
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly templates: readonly SequenceTemplate[];
}

/** What words change, before a campaign starts and while it runs; what is absent stays. */
interface SpokenChanges {
  startAt?: string;
  windowStart?: string;
  windowEnd?: string;
  dailyLimit?: number;
  gaps?: number[];
  templates?: SequenceTemplate[];
}

export interface Spoken {
  readonly changes: SpokenChanges;
  /** Contacts whose job title says one of these are to be left out. */
  readonly skipTitles: readonly string[];
  /** The words, what was understood of them, and what was not */
  readonly notes: readonly string[];
}

/**
 * Reads a person's words about a campaign as changes of it. Words that are no rule are told back as such, so that nobody believes they
 * were applied.
 * @param today ISO date in the campaign's zone.
 */
export function changesOfWords(words: string, campaign: SpokenOf, today: string): Spoken {
  const read = readFeedback(words, today);
  const changes: SpokenChanges = {};
  const opens = read.windowStart ?? campaign.windowStart.slice(0, 5);
  const closes = read.windowEnd ?? campaign.windowEnd.slice(0, 5);
  const isUpside = opens >= closes;
  if (read.startDate)
    changes.startAt = startOfDay(read.startDate, isUpside ? campaign.windowStart : opens, campaign.timeZone);
  if (read.windowStart && !isUpside) changes.windowStart = read.windowStart;
  if (read.windowEnd && !isUpside) changes.windowEnd = read.windowEnd;
  if (read.perDayLimit) changes.dailyLimit = read.perDayLimit;
  if (read.gaps) changes.gaps = [...read.gaps];
  const softer = softenSteps(read.softerSteps, campaign.templates);
  if (softer.templates.length > 0) changes.templates = softer.templates;
  return {
    changes,
    skipTitles: read.skipTitles,
    notes: [
      `You said: “${words}”`,
      ...read.understood,
      ...(isUpside ? [`the window stays: it would open at ${opens} and close at ${closes}`] : []),
      ...softer.notes,
      ...read.unread.map(
        (clause) =>
          `“${clause}” is no rule the schedule knows, and nothing was done about it; change the mails or the schedule by hand`,
      ),
    ],
  };
}

function softenSteps(steps: readonly number[], templates: readonly SequenceTemplate[]) {
  const softened: SequenceTemplate[] = [];
  const notes: string[] = [];
  for (const step of steps) {
    const template = templates.find((mail) => mail.step === step);
    const softer = template && soften(template);
    if (softer) softened.push(softer);
    notes.push(
      softer
        ? `writes mail ${step} in softer words`
        : `mail ${step} stays: it was written by hand or is as soft as it gets; change its words by hand`,
    );
  }
  return { templates: softened, notes };
}

function startOfDay(date: string, windowStart: string, timeZone: string): string {
  return Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone, plainTime: windowStart.slice(0, 5) })
    .toInstant()
    .toString();
}
