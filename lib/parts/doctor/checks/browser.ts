import { skipOnRelay } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend, messageOf, note } from "@/lib/parts/doctor/check";

export const browser: Check = {
  id: "browser",
  group: "The desk",
  title: "Browser for CoStar",
  limitMs: 40_000,
  skip: skipOnRelay,
  look: async ({ env, startBrowser }) => {
    try {
      await startBrowser();
    } catch (error) {
      const cure = "Install Chrome, Edge or Chromium, or set CHROMIUM_PATH to its program.";
      return env.COSTAR_USERNAME
        ? mend(messageOf(error), cure)
        : note(`${messageOf(error)} It is needed once CoStar is set up.`, cure);
    }
    return fine(`${env.CHROMIUM_PATH ?? "The installed browser"} starts.`);
  },
};
