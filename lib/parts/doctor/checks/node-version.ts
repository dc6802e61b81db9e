import { type Check, fine, mend } from "@/lib/parts/doctor/check";

export const nodeVersion: Check = {
  id: "node-version",
  group: "This computer",
  title: "Node",
  look: async ({ nodeVersion, platform, arch }) => {
    const [major = 0, minor = 0] = nodeVersion.split(".").map(Number);
    if (major < 20 || (major === 20 && minor < 9))
      return mend(`Node ${nodeVersion} is too old.`, "Install Node 20.9 or newer from nodejs.org.");
    if (platform === "win32" && arch === "ia32")
      return mend(
        `Node ${nodeVersion} is the 32-bit build; Windows hides its own programs from it.`,
        "Install the 64-bit Node from nodejs.org.",
      );
    return fine(`Node ${nodeVersion} (${platform}, ${arch}).`);
  },
};
