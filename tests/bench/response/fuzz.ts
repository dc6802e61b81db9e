import type { ListedItem } from "@/lib/mailbox/transport";
import { readItem, toIngestRow } from "@/lib/replies/read-item";
import { mutate, SEEDS, seededRandom } from "../../unit/mail-rules/hostile-mails";
import { sampleMails } from "./sample-mails";

const MAILS = 20_000;
const HANG_MS = 1000;

/**
 * Cuts, garbles, repeats and mislabels ordinary mails, the same way in every run, and reads each as the sync does. A failure
 * is one that throws, takes over a second, or leaves nothing a person could be shown.
 */
export async function measureFuzz(): Promise<{ mails: number; failures: number }> {
  const random = seededRandom(20_261_123);
  const sources = [...SEEDS, ...sampleMails().map((one) => one.source)];
  let failures = 0;
  for (let index = 0; index < MAILS; index++) {
    const source = new TextDecoder().decode(mutate(sources[index % sources.length] ?? "", random));
    const startedAt = performance.now();
    try {
      const row = toIngestRow(
        await readItem(itemOf(source, index, random), new Set()),
        new Date().toISOString(),
      );
      const stored = JSON.stringify(row);
      // One that was cut down to nothing is shown with its sender and says that it is empty.
      const isEmpty = row.flags.includes("empty");
      const shown = Boolean(row.bodyText || row.rawSource || row.parseProblem || row.subject || isEmpty);
      if (!shown || !row.entryId || /\\u0000|\\ud[89a-f]/i.test(stored)) failures += 1;
    } catch (error) {
      failures += 1;
      console.error(`fuzz ${index}:`, error);
    }
    if (performance.now() - startedAt > HANG_MS) failures += 1;
  }
  return { mails: MAILS, failures };
}

function itemOf(source: string, index: number, random: () => number): ListedItem {
  const asFields = random() < 0.2;
  return {
    entryId: `fuzz-${index}`,
    messageClass: random() < 0.1 ? "REPORT.IPM.Note.NDR" : "IPM.Note",
    kind: "mail",
    conversationId: null,
    subject: asFields ? source.slice(0, 80) : null,
    receivedUtc: random() < 0.05 ? null : "2026-06-01T10:00:00Z",
    internetMessageId: null,
    inReplyTo: null,
    references: null,
    headers: asFields ? source.slice(0, 500) : null,
    from: random() < 0.5 ? null : "x@y.example",
    fromName: null,
    to: [],
    bodyText: asFields ? source : "",
    bodyHtml: asFields && random() < 0.5 ? `<div>${source}</div>`.repeat(3) : null,
    rawSource: asFields ? null : source,
    attachments: [],
  };
}
