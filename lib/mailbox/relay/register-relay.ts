import "server-only";
import { z } from "zod";
import type { Json } from "@/lib/server/database.types";
import { ensure, unwrap } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";
import { serviceDb } from "@/lib/server/service-client";
import { type RelayReport, relayAnswers } from "./protocol";

const registrationSchema = relayAnswers.register;
export type Registration = z.output<typeof registrationSchema>;

/**
 * Writes down what a relay says it has. Its new mailboxes become this desk's (only those in OUTLOOK_ACCOUNTS when that is
 * set); one that another relay has already stays there until a person moves it.
 * @param report `url` null is the relay this console itself is set to.
 * @returns which mailboxes this relay serves, and which of its mailboxes another one does.
 */
export async function registerRelay(
  report: Omit<RelayReport, "url"> & { readonly url: string | null },
  clockOffsetMs: number | null,
): Promise<Registration> {
  const wanted = env().OUTLOOK_ACCOUNTS;
  const mailboxes = report.mailboxes
    .map((one) => ({ ...one, address: one.address.toLowerCase() }))
    .filter((one) => !wanted || wanted.includes(one.address));
  const { name, version } = report;
  const said = { name, version, mailboxes, clockOffsetMs: clockOffsetMs && Math.round(clockOffsetMs) };
  return registrationSchema.parse(
    unwrap(
      await serviceDb().rpc("register_relay", {
        // The generated types do not know that an argument may be null.
        p_url: (report.url && new URL(report.url).origin) as string,
        p_report: said as unknown as Json,
      }),
    ),
  );
}

/** Shows people why a relay that knows the secret was not let in. A body that names no relay shows nothing. */
export async function noteRelayProblem(body: string, problem: string, clockOffsetMs: number): Promise<void> {
  const report = z.object({ url: z.url({ protocol: /^https?$/ }) }).safeParse(parseJson(body));
  if (!report.success) return;
  ensure(
    await serviceDb().rpc("note_relay_problem", {
      p_url: new URL(report.data.url).origin,
      p_problem: problem,
      p_clock_offset_ms: clockOffsetMs,
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Signed, and still not a report: there is no relay to show it at.
    return undefined;
  }
}
