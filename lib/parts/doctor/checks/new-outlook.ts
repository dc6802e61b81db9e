import { skipOffWindows } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend } from "@/lib/parts/doctor/check";
import { findNewOutlook } from "@/lib/parts/doctor/new-outlook";

export const newOutlook: Check = {
  id: "new-outlook",
  group: "Outlook",
  title: "New Outlook",
  skip: skipOffWindows,
  look: async (tools) => {
    switch (await findNewOutlook(tools)) {
      case "switched on":
        return mend(
          "The switch “New Outlook” is on; what opens is a program that others cannot use.",
          "Turn it off at the top right of Outlook, or send by SMTP and IMAP (docs/mail-accounts.md).",
        );
      case "installed":
        return fine("It is installed but not switched on; classic Outlook is the one that counts.");
      default:
        return fine("It is not installed.");
    }
  },
};
