import { isLoopback } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend, note } from "@/lib/parts/doctor/check";

export const consoleCheck: Check = {
  id: "console",
  group: "The desk",
  title: "Console",
  look: async ({ env, fetch }) => {
    const url = env.CONSOLE_URL;
    let response: Response;
    try {
      response = await fetch(new URL("/api/health", url).href);
    } catch {
      if (isLoopback(url) && env.UPSTREAM_ROLE !== "relay")
        return note(`The desk is not running: nobody answers at ${url}.`, "Start it with npm start.");
      return mend(
        `Nobody answers at ${url}.`,
        "Start the desk on that machine, and check CONSOLE_URL and the firewall between the two.",
      );
    }
    if (response.ok) return fine(`It answers at ${url}.`);
    if (response.status === 503)
      return mend(`The console at ${url} has no database.`, "See the database below.");
    return mend(
      `${url} answers with ${response.status}; that is not the console.`,
      "Check CONSOLE_URL, or stop the program that has its port.",
    );
  },
};
