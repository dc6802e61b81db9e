import type { ImapFlow } from "imapflow";
import type { MailAccount } from "./account";

export interface Folders {
  readonly inbox: string;
  /** Null where the account has none */
  readonly sent: string | null;
  readonly drafts: string | null;
  readonly junk: string | null;
}

/**
 * The account's folders by what they are for: as the account's settings say, else as the server marks them (RFC 6154),
 * else by the names they have in many languages, which imapflow knows.
 */
export async function findFolders(client: ImapFlow, account: MailAccount): Promise<Folders> {
  const listed = await client.list({ specialUseHints: account.folders });
  const of = (use: string) => listed.find((folder) => folder.specialUse === use)?.path ?? null;
  return { inbox: "INBOX", sent: of("\\Sent"), drafts: of("\\Drafts"), junk: of("\\Junk") };
}
