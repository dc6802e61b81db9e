import { env } from "@/lib/config/env";
import { handOver, reserveSend } from "@/lib/sending/dispatch";
import { inngest } from "../client";
import { mailboxCheck } from "../events";

/** Each mail takes up to three steps, and a run may have a thousand. */
const SENDS_PER_RUN = 250;
/** A due time further off than this is left to the next minute's check. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** Sends one mailbox's due mail, one after the other: reserve, hand over, record, leave the campaign's spacing. */
export const dispatchMailbox = inngest.createFunction(
  {
    id: "dispatch-mailbox",
    triggers: [mailboxCheck],
    singleton: { key: "event.data.mailboxId", mode: "skip" },
    concurrency: [{ key: "event.data.mailboxId", limit: 1 }],
    retries: 3,
  },
  async ({ event, step }) => {
    const { mailboxId, once } = event.data;
    if (env().DRY_RUN) return { dryRun: "no mail leaves in a dry run" };
    const settled: Record<string, number> = {};
    for (let turn = 1; turn <= SENDS_PER_RUN; turn++) {
      const reservation = await step.run(`reserve ${turn}`, () => reserveSend(mailboxId));
      if (reservation.outcome === "wait") {
        const waitMs = reservation.until
          ? Date.parse(reservation.until) - Date.now()
          : Number.POSITIVE_INFINITY;
        if (once || waitMs > LONGEST_WAIT_MS) return { settled, waitsFor: reservation.reason };
        await step.waitForEvent(`wait until due ${turn}`, {
          event: mailboxCheck,
          if: `async.data.mailboxId == "${mailboxId}"`,
          timeout: new Date(Math.max(Date.parse(reservation.until ?? ""), Date.now() + 1000)),
        });
        continue;
      }
      const { send } = reservation;
      const outcome = await step.run(`hand over ${send.id}`, () => handOver(mailboxId, send));
      settled[outcome] = (settled[outcome] ?? 0) + 1;
      if (outcome === "waiting") return { settled, waitsFor: "the relay" };
      if (send.spacingS > 0) await step.sleep(`space ${turn}`, `${send.spacingS}s`);
    }
    await step.sendEvent("go on", mailboxCheck.create({ mailboxId }, { id: `${mailboxId}-${Date.now()}` }));
    return { settled, goesOn: true };
  },
);
