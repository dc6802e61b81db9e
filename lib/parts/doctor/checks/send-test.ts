import { randomBytes } from "node:crypto";
import { KEY_HEADER } from "@/lib/mailbox/outlook/contract";
import { MailboxError, type MailTransport } from "@/lib/mailbox/transport";
import { type Check, type Finding, fine, mend, note, skipped } from "@/lib/parts/doctor/check";
import type { Tools } from "@/lib/parts/doctor/tools";

const EVERY_MS = 3000;
const WAIT_MS = 150_000;
/** Mail systems stamp what they receive within this, whatever the clocks. */
const SKEW_MS = 5 * 60_000;

/** A mail to oneself through the product's own transport: the only proof that the key survives the way out and back. */
export const sendTest: Check = {
  id: "send-test",
  group: "Mail",
  title: "Mail to oneself",
  limitMs: 10 * 60_000,
  look: async (tools) => {
    if (!tools.sendTest.isWanted)
      return skipped(
        "Not asked for. npm run doctor -- --send-test sends one mail to yourself and looks for it.",
      );
    if (tools.env.DRY_RUN) return skipped("DRY_RUN is on: nothing leaves.");
    try {
      const transport = tools.transport();
      const account = tools.sendTest.account ?? (await firstAccount(tools, transport));
      if (!account) return mend("There is no account to send from.", "See the accounts above.");
      if (!(await tools.sendTest.confirm(`Send one test mail from ${account} to itself?`)))
        return skipped("You did not say yes; nothing was sent. Without a terminal add --yes.");
      return await roundTrip(tools, transport, account);
    } catch (error) {
      if (!(error instanceof MailboxError)) throw error;
      return mend(error.message, "Mend this first: every mail of the desk would end the same way.");
    }
  },
};

async function firstAccount({ env }: Tools, transport: MailTransport): Promise<string | undefined> {
  const { accounts } = await transport.ping();
  return accounts.find((one) => env.OUTLOOK_ACCOUNTS?.includes(one)) ?? accounts[0];
}

async function roundTrip(tools: Tools, transport: MailTransport, account: string): Promise<Finding> {
  const key = `doctor-${randomBytes(10).toString("hex")}`;
  const started = tools.now();
  await transport.send({
    account,
    key,
    to: account,
    subject: "Upstream: a test mail to yourself",
    bodyText: "npm run doctor sent this to see that mail leaves and comes back. It can be deleted.\n",
    listUnsubscribe: { mailto: `mailto:${account}?subject=unsubscribe` },
  });
  const sent = await until(tools, async () => {
    const found = await transport.find(account, key);
    return found?.folder === "sent" ? found : undefined;
  });
  if (!sent)
    return mend(
      `The mail was handed over but is not found in Sent Items by its key (${KEY_HEADER}).`,
      "Look in the Outbox. Without Sent Items the desk cannot prove what left: turn on saving copies of sent mail.",
    );
  const sinceUtc = `${new Date(started - 2 * SKEW_MS).toISOString().slice(0, 19)}Z`;
  const back = await until(tools, async () => {
    for (const folder of ["inbox", "junk"] as const) {
      const { items } = await transport.list(account, folder, sinceUtc, 500);
      const item = items.find(
        (one) =>
          one.key === key ||
          one.headers?.includes(key) ||
          (sent.internetMessageId !== null && one.internetMessageId === sent.internetMessageId),
      );
      if (item) return { ...item, folder };
    }
    return undefined;
  });
  if (!back)
    return mend(
      "The mail left but did not come back within two and a half minutes.",
      "Look in the inbox and its rules, and in Sent Items for a notice that it could not be delivered.",
    );
  if (back.folder === "junk")
    return note(
      "The mail left and came back, but into Junk.",
      "Check SPF, DKIM and DMARC of your domain before mailing strangers.",
    );
  if (back.receivedUtc && Math.abs(Date.parse(back.receivedUtc) - started) > SKEW_MS + WAIT_MS)
    return mend(
      `The mail came back stamped ${back.receivedUtc}, far from this computer's time.`,
      "Set this computer's clock and time zone.",
    );
  if (back.key !== key && !(back.headers ?? "").includes(key))
    return note(
      `The mail left and came back, but without its header ${KEY_HEADER}; the mail system takes it off.`,
      "Sent Items still has it, which is what the desk relies on. Ask your administrator if replies go unmatched.",
    );
  const seconds = Math.round((tools.now() - started) / 1000);
  return fine(`A mail from ${account} to itself left and came back in ${seconds} s with its key.`);
}

/** Asks again until there is an answer or the time is up. */
async function until<Found>(
  tools: Pick<Tools, "now" | "pause">,
  ask: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const end = tools.now() + WAIT_MS;
  for (;;) {
    const found = await ask();
    if (found !== undefined || tools.now() >= end) return found;
    await tools.pause(EVERY_MS);
  }
}
