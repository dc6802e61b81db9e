import { countAccounts } from "@/lib/parts/doctor/applies";
import { type Check, fine, note } from "@/lib/parts/doctor/check";

export const windows: Check = {
  id: "windows",
  group: "Outlook",
  title: "Windows",
  look: async (tools) => {
    if (tools.platform === "win32") return fine("This is Windows, where classic Outlook can send.");
    if (tools.env.OUTLOOK_HOST)
      return note(`This is not Windows; ${tools.env.OUTLOOK_HOST} stands where Outlook would.`);
    if (countAccounts(tools) > 0) return fine("This is not Windows; mail goes by SMTP and IMAP.");
    return note(
      "This is not Windows: classic Outlook cannot run here, and a stand-in would play it.",
      "For real mail set up SMTP and IMAP (docs/mail-accounts.md), or run the relay on the Windows PC that has Outlook.",
    );
  },
};
