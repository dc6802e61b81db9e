import { isLoopback } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend, messageOf } from "@/lib/parts/doctor/check";

export const relay: Check = {
  id: "relay",
  group: "The desk",
  title: "Relay",
  limitMs: 80_000,
  look: async ({ env, askRelay }) => {
    const { RELAY_URL: url, RELAY_SECRET: secret, UPSTREAM_ROLE: role } = env;
    const isRemote = (url && !isLoopback(url)) || (role === "relay" && !isLoopback(env.CONSOLE_URL));
    if (isRemote && !secret)
      return mend(
        "Console and relay are on different machines, and RELAY_SECRET is not set.",
        "Set the same RELAY_SECRET (16 characters or more) on both.",
      );
    if (role === "relay") {
      if (!env.RELAY_PUBLIC_URL && !isLoopback(env.CONSOLE_URL))
        return mend(
          "The console does not know where to reach this relay.",
          "Set RELAY_PUBLIC_URL to this PC's address as the console's machine sees it.",
        );
      return fine(`This PC is a relay and reports to ${env.CONSOLE_URL}.`);
    }
    if (!url) return fine("Mail leaves from this computer; no other relay is set.");
    try {
      const { product, accounts } = await askRelay();
      return fine(`${product} at ${url} sends for ${accounts.join(", ") || "nobody yet"}.`);
    } catch (error) {
      return mend(
        `The relay at ${url} does not serve: ${messageOf(error)}`,
        "Start Upstream on that PC, and check RELAY_URL, RELAY_SECRET and the firewall.",
      );
    }
  },
};
