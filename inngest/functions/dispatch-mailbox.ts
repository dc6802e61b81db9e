import { forecastMailbox } from "@/lib/sending/forecast/forecast-sending";
import { handOver } from "@/lib/sending/hand-over";
import { reserveSend } from "@/lib/sending/reserve-send";
import { env } from "@/lib/server/env";
import { inngest } from "../client";
import { mailboxCheck } from "../events";

/** Each mail takes up to three steps, and a run may have a thousand. */
const TURNS_PER_RUN = 250;
/** A due time further off than this is left to the next minute's check. */
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * Sends one mailbox's due mail, one after the other: reserve, hand over, record, keep the distance. Distances and pauses
 * live in the database, so a run that starts anew keeps them; the waits here are durable and end early when somebody
 * says that there is news, such as an answer a person wrote.
 */
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
    if (env().DRY_RUN) return { wouldLeave: await forecastMailbox(mailboxId) };
    const settled: Record<string, number> = {};
    const waitUntil = (name: string, until: string) =>
      step.waitForEvent(name, {
        event: mailboxCheck,
        if: `async.data.mailboxId == "${mailboxId}"`,
        timeout: new Date(Math.max(Date.parse(until), Date.now() + 1000)),
      });
    for (let turn = 1; turn <= TURNS_PER_RUN; turn++) {
      const reservation = await step.run(`reserve ${turn}`, () => reserveSend(mailboxId));
      if (reservation.outcome === "wait") {
        const { until, reason } = reservation;
        if (!until || once || Date.parse(until) - Date.now() > LONGEST_WAIT_MS)
          return { settled, waitsFor: reason };
        await waitUntil(`wait until due ${turn}`, until);
        continue;
      }
      const { send } = reservation;
      const outcome = await step.run(`hand over ${send.id}`, () => handOver(send));
      settled[outcome] = (settled[outcome] ?? 0) + 1;
      if (outcome === "waiting") return { settled, waitsFor: "the relay" };
      if (send.restUntil) await waitUntil(`keep distance ${turn}`, send.restUntil);
    }
    await step.sendEvent("go on", mailboxCheck.create({ mailboxId }, { id: `${mailboxId}-${Date.now()}` }));
    return { settled, goesOn: true };
  },
);
