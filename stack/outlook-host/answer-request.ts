import type { OutlookRequest } from "@/lib/mailbox/outlook/contract";
import { accountOf, type MailStore } from "./store/accounts";
import { findByKey } from "./store/find-mail";
import { listMails } from "./store/list-mails";
import { sendMail } from "./store/send-mail";

export const PRODUCT = "Outlook stand-in";
export const VERSION = "1.0";

/** Does one request against the store and returns the contract's `result` for its action. */
export async function answerRequest(store: MailStore, request: OutlookRequest): Promise<unknown> {
  if (request.action === "ping") {
    return {
      product: PRODUCT,
      version: VERSION,
      standIn: true,
      accounts: store.accounts.map((account) => account.address),
      trusted: true,
    };
  }
  const account = accountOf(store, request.account);
  switch (request.action) {
    case "send":
      return await sendMail(store, account, request);
    case "find":
      return { item: await findByKey(store, account, request.idempotencyId) };
    case "list": {
      const { mails, more } = await listMails(store, account, request.folder, {
        sinceMs: Date.parse(request.sinceUtc),
        limit: request.limit,
      });
      return { items: mails, more };
    }
  }
}
