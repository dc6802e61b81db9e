import path from "node:path";
import { type Check, fine, mend, messageOf } from "@/lib/parts/doctor/check";

export const dataFolder: Check = {
  id: "data-folder",
  group: "This computer",
  title: "Data folder",
  look: async ({ env, root, tryWrite }) => {
    const folder = path.resolve(root, env.UPSTREAM_DATA_DIR);
    try {
      await tryWrite(folder);
    } catch (error) {
      return mend(
        `${folder} cannot be written to (${messageOf(error)}).`,
        "Give your user the right to write there, or set UPSTREAM_DATA_DIR to another folder.",
      );
    }
    return fine(`${folder} can be written to.`);
  },
};
