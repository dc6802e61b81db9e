import { MailboxError } from "@/lib/mailbox/mailbox-error";
import type { MailAccount } from "@/lib/mailbox/smtp-imap/account";
import { type Check, fine, mend, skipped } from "@/lib/parts/doctor/check";
import type { Tools } from "@/lib/parts/doctor/tools";
import { ConfigError } from "@/lib/server/env";

interface Trouble {
  readonly says: string;
  readonly kind: MailboxError["kind"];
}

export const mailAccounts: Check = {
  id: "mail-accounts",
  group: "Mail",
  title: "SMTP and IMAP",
  limitMs: 120_000,
  look: async (tools) => {
    let accounts: readonly MailAccount[];
    try {
      accounts = tools.mailAccounts();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return mend(`${error.problems.join(". ")}.`, "Correct it; docs/mail-accounts.md shows every field.");
    }
    if (accounts.length === 0) return skipped("No such account is set.");
    const troubles = (await Promise.all(accounts.map((account) => signInToBoth(tools, account)))).flat();
    if (troubles.length === 0)
      return fine(`${accounts.map((one) => one.address).join(", ")}: both servers take the sign-in.`);
    return mend(
      troubles.map((trouble) => trouble.says).join(" "),
      troubles.some((trouble) => trouble.kind === "auth")
        ? "Check user name and password; many providers want an app password, made on their security page."
        : "Check the servers' names and ports, and that no firewall is between.",
    );
  },
};

async function signInToBoth(tools: Tools, account: MailAccount): Promise<Trouble[]> {
  const troubles: Trouble[] = [];
  for (const server of ["smtp", "imap"] as const) {
    try {
      await tools.signIn(account, server);
    } catch (error) {
      if (!(error instanceof MailboxError)) throw error;
      const { host, port } = account[server];
      const says = `${account.address} cannot sign in to ${host}:${port} (${server.toUpperCase()}): ${error.message}`;
      troubles.push({ says, kind: error.kind });
    }
  }
  return troubles;
}
