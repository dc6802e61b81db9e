import { type Check, fine, mend } from "@/lib/parts/doctor/check";

export const settings: Check = {
  id: "settings",
  group: "This computer",
  title: "Settings",
  look: async ({ settingProblems, given }) =>
    settingProblems.length === 0
      ? fine(
          given.DRY_RUN === "true" ? "All can be used. DRY_RUN is on: nothing leaves." : "All can be used.",
        )
      : mend(settingProblems.join(" "), "Correct these variables; the README lists what each allows."),
};
