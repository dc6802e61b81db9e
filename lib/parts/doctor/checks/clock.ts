import { isLoopback } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend, note } from "@/lib/parts/doctor/check";
import type { Tools } from "@/lib/parts/doctor/tools";

/** Signed requests between console and relay are refused beyond this. */
const REFUSED_S = 300;
const NOTICED_S = 30;

interface Skew {
  readonly who: string;
  /** Positive when this computer is ahead, in seconds */
  readonly seconds: number;
}

/** Compares this computer's clock with the Date header of whoever the desk talks to; asks nobody else. */
export const clock: Check = {
  id: "clock",
  group: "This computer",
  title: "Clock",
  look: async (tools) => {
    const others = [
      { who: "the console", url: new URL("/api/health", tools.env.CONSOLE_URL).href },
      { who: "the database", url: new URL("/auth/v1/health", tools.env.SUPABASE_URL).href },
      ...(tools.env.RELAY_URL
        ? [{ who: "the relay", url: new URL("/api/relay/health", tools.env.RELAY_URL).href }]
        : []),
    ].filter(({ url }) => !isLoopback(url));
    if (others.length === 0) return fine("Console and database run on this computer and share its clock.");
    const skews = (await Promise.all(others.map((other) => measure(tools, other)))).filter(
      (one) => one !== null,
    );
    const worst = skews.sort((a, b) => Math.abs(b.seconds) - Math.abs(a.seconds))[0];
    if (!worst)
      return note(
        "The clock could not be compared: nobody else answered.",
        "Set this computer's clock by the network.",
      );
    const says = `This computer's clock is ${saySeconds(worst.seconds)} ${worst.who}'s.`;
    if (Math.abs(worst.seconds) > REFUSED_S)
      return mend(says, "Set both clocks by the network (Windows: Settings, Time & language, Sync now).");
    if (Math.abs(worst.seconds) > NOTICED_S) return note(says, "Set both clocks by the network.");
    return fine(`It agrees with ${skews.map((one) => one.who).join(" and ")} to ${NOTICED_S} seconds.`);
  },
};

async function measure(tools: Tools, { who, url }: { who: string; url: string }): Promise<Skew | null> {
  const before = tools.now();
  let date: number;
  try {
    date = Date.parse((await tools.fetch(url)).headers.get("date") ?? "");
  } catch {
    // Whether it can be reached is another check's business.
    return null;
  }
  // The header has whole seconds; half of one is its best guess.
  return Number.isNaN(date)
    ? null
    : { who, seconds: Math.round(((before + tools.now()) / 2 - date - 500) / 1000) };
}

function saySeconds(seconds: number): string {
  const size = Math.abs(seconds);
  const words = size < 120 ? `${size} seconds` : `${Math.round(size / 60)} minutes`;
  return `${words} ${seconds > 0 ? "ahead of" : "behind"}`;
}
