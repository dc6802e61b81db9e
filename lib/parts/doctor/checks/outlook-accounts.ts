import { MailboxError } from "@/lib/mailbox/mailbox-error";
import { countAccounts, skipWithoutOutlook } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend, note, skipped } from "@/lib/parts/doctor/check";

export const outlookAccounts: Check = {
  id: "outlook-accounts",
  group: "Outlook",
  title: "Accounts",
  limitMs: 70_000,
  skip: skipWithoutOutlook,
  look: async (tools) => {
    let found: readonly string[];
    try {
      found = (await tools.pingOutlook()).accounts;
    } catch (error) {
      if (!(error instanceof MailboxError)) throw error;
      return skipped("Outlook did not answer.");
    }
    const has = found.length > 0 ? `Outlook has ${found.join(", ")}.` : "Outlook has no account.";
    const wanted = tools.env.OUTLOOK_ACCOUNTS;
    if (found.length === 0) return mend(has, "Add the account in Outlook: File, Add Account.");
    if (!wanted)
      return found.length === 1
        ? fine(`${has} The desk may send from it.`)
        : note(`${has} The desk may send from each.`, "Set OUTLOOK_ACCOUNTS to those it should send from.");
    // Addresses of accounts that send by SMTP need not be in Outlook.
    const others =
      countAccounts(tools) > 0 ? new Set(tools.mailAccounts().map((one) => one.address)) : new Set();
    const missing = wanted.filter((one) => !found.includes(one) && !others.has(one));
    if (missing.length > 0)
      return mend(
        `OUTLOOK_ACCOUNTS names ${missing.join(", ")}, which Outlook does not have. ${has}`,
        "Add the account in Outlook (File, Add Account), or correct OUTLOOK_ACCOUNTS.",
      );
    return fine(`Outlook has every account the desk sends from: ${wanted.join(", ")}.`);
  },
};
