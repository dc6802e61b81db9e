import path from "node:path";
import { deskRuns, isLoopback, skipOnRelay } from "@/lib/parts/doctor/applies";
import { askDatabase } from "@/lib/parts/doctor/ask-database";
import { type Check, fine, mend, note } from "@/lib/parts/doctor/check";
import { readTraces, type Trace } from "@/lib/parts/doctor/read-migrations";
import type { Tools } from "@/lib/parts/doctor/tools";

/** PostgREST's words for a table or a column it does not know. */
const UNKNOWN = /PGRST205|PGRST204|42P01|42703/;

export const migrations: Check = {
  id: "migrations",
  group: "The desk",
  title: "Migrations",
  limitMs: 30_000,
  skip: skipOnRelay,
  look: async (tools) => {
    const files = readFiles(tools);
    const traces = lastOfEach(readTraces(files));
    const missing: Trace[] = [];
    for (const trace of traces) {
      const state = await lookFor(tools, trace);
      if (state === "nobody")
        return isLoopback(tools.env.SUPABASE_URL) && !(await deskRuns(tools))
          ? note("The desk is not running; it brings its database up to date when it starts.")
          : mend("The database could not be asked.", "See the database above.");
      if (state === "missing") missing.push(trace);
    }
    const [first] = missing;
    if (!first)
      return fine(
        `${files.length === 1 ? "The baseline is" : `All ${files.length} are`} applied, as far as can be seen from outside.`,
      );
    return mend(
      `The database is behind this checkout: ${first.file}${missing.length > 1 ? ` and ${missing.length - 1} more are` : " is"} not applied.`,
      "Embedded: stop the desk and start it again. Hosted: npx supabase db push.",
    );
  },
};

function readFiles(tools: Tools): { name: string; sql: string }[] {
  const folder = path.join(tools.root, "supabase", "migrations");
  const names = tools.listFiles(folder).filter((name) => /^\d+_.+\.sql$/.test(name));
  return [...names].sort().map((name) => ({ name, sql: tools.readText(path.join(folder, name)) }));
}

/** One trace a migration is enough. */
function lastOfEach(traces: readonly Trace[]): Trace[] {
  return [...new Map(traces.map((trace) => [trace.file, trace])).values()];
}

async function lookFor(tools: Tools, { table, column }: Trace): Promise<"there" | "missing" | "nobody"> {
  try {
    const response = await askDatabase(tools, table, column ?? "*");
    if (response.ok) return "there";
    const text = await response.text();
    if (UNKNOWN.test(text)) return "missing";
    // Refused, but known: a key's rights are another check's business. Anything else says nothing about the schema.
    return /42501/.test(text) ? "there" : "nobody";
  } catch {
    return "nobody";
  }
}
