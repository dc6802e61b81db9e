import { skipOffWindows } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend } from "@/lib/parts/doctor/check";
import { readTasks } from "@/lib/parts/doctor/read-tasks";

export const outlookRunning: Check = {
  id: "outlook-running",
  group: "Outlook",
  title: "Outlook open",
  limitMs: 30_000,
  skip: skipOffWindows,
  look: async (tools) => {
    const [outlook] = await readTasks(tools, "IMAGENAME eq OUTLOOK.EXE");
    if (!outlook)
      return mend(
        "Outlook is not open.",
        "Open classic Outlook and leave it open; mail leaves only while it is.",
      );
    const [self] = await readTasks(tools, `PID eq ${process.pid}`);
    if (self && self.session !== outlook.session)
      return mend(
        `Outlook is open in another Windows session (${outlook.session}; this is ${self.session}).`,
        "Start Upstream as the user and in the session in which Outlook is open; not as a service.",
      );
    return fine("It is open in this Windows session.");
  },
};
