import { z } from "zod";
import { readStatus } from "@/components/words/status-words";
import type { EngineRun } from "@/lib/runs/run-shape";
import { errorMessage } from "./error-message";

const outputSchema = z.object({
  dryRun: z.string().optional(),
  settled: z.record(z.string(), z.number()).optional(),
  waitsFor: z.string().optional(),
  category: z.string().nullish(),
  toPerson: z.boolean().optional(),
  did: z.array(z.string()).optional(),
  outcome: z.string().optional(),
});

/** What came of a run, in one line; an output this version does not know is shown as it is. */
export function sayOutcome(run: Pick<EngineRun, "status" | "reason"> & { output: unknown }): string {
  if (run.reason) return run.reason;
  if (run.status === "failed") return errorMessage(run.output) ?? "It failed.";
  if (run.output === null) return run.status === "running" ? "Going on" : "";
  const parsed = outputSchema.safeParse(run.output);
  return (parsed.success && sayOutput(parsed.data)) || JSON.stringify(run.output).slice(0, 300);
}

function sayOutput(output: z.infer<typeof outputSchema>): string | null {
  if (output.dryRun) return `Dry run: ${output.dryRun}`;
  if (output.category) {
    const filed = `Filed as ${readStatus("category", output.category).text}`;
    const did = output.did?.length ? `: ${output.did.join(", ")}` : "";
    return `${filed}${did}${output.toPerson ? "; for a person" : ""}`;
  }
  if (output.settled) {
    const counts = Object.entries(output.settled).map(([outcome, count]) => `${count} ${outcome}`);
    const sent = counts.length > 0 ? counts.join(", ") : "No mail";
    return output.waitsFor ? `${sent}; ${output.waitsFor}` : sent;
  }
  if (output.outcome === "active") return "The campaign is active";
  return output.outcome ?? null;
}
