import { skipOnRelay } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend, note } from "@/lib/parts/doctor/check";

/** Looks at the settings only: a sign-in asks for the phone, and that is for the operator to start. */
export const costar: Check = {
  id: "costar",
  group: "The desk",
  title: "CoStar",
  skip: skipOnRelay,
  look: async ({ env }) => {
    const { COSTAR_USERNAME: username, COSTAR_PW: password, COSTAR_URL: url } = env;
    if (!username && !password)
      return note("No account is set; a stand-in market is used.", "Set COSTAR_USERNAME and COSTAR_PW.");
    if (!username || !password)
      return mend(
        `${username ? "COSTAR_PW" : "COSTAR_USERNAME"} is missing beside the other.`,
        "Set both COSTAR_USERNAME and COSTAR_PW.",
      );
    if (!new URL(url).hostname.endsWith(".costar.com"))
      return note(
        `${username} signs in at ${url}, which is not CoStar.`,
        "Clear COSTAR_URL for the real one.",
      );
    return fine(`${username} signs in at ${url}; the first extraction asks for the phone.`);
  },
};
