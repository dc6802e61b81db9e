import { skipOffWindows } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend } from "@/lib/parts/doctor/check";
import { systemProgram } from "@/lib/parts/doctor/read-registry";
import { readTasks } from "@/lib/parts/doctor/read-tasks";

/** Mandatory label "high": the process was started as administrator. */
const HIGH = "S-1-16-12288";

/** Windows keeps programs of different elevation apart: Outlook does not answer (0x80080005). */
export const elevation: Check = {
  id: "elevation",
  group: "Outlook",
  title: "Elevation",
  limitMs: 30_000,
  skip: skipOffWindows,
  look: async (tools) => {
    const groups = await tools.run(systemProgram(tools.given, "whoami.exe"), [
      "/groups",
      "/fo",
      "csv",
      "/nh",
    ]);
    if (groups.stdout.includes(HIGH))
      return mend(
        "This window runs as administrator; Outlook usually does not, and then does not answer.",
        "Close it and start Upstream from an ordinary window.",
      );
    const [outlook] = await readTasks(tools, "IMAGENAME eq OUTLOOK.EXE");
    if (outlook && outlook.user === null)
      return mend(
        "Outlook runs as administrator or as another user, and this window does not.",
        "Close Outlook and open it the ordinary way, as the user who runs Upstream.",
      );
    return fine("Neither this window nor Outlook runs as administrator.");
  },
};
