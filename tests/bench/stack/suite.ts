import type { Suite } from "../suite";
import { openBenchDesk } from "./bench-desk";
import { measureColdStart } from "./cold-start";
import { measureEventToStart } from "./event-to-start";
import { measureFanOut } from "./fan-out";
import { measureFuzz } from "./fuzz";
import { measureMemoryGrowth } from "./memory-growth";
import { measureRealtimeDelay } from "./realtime-delay";
import { measureRestReads } from "./rest-reads";
import { measureSleepingRuns } from "./sleeping-runs";
import { measureStepOverhead } from "./step-overhead";
import { measureWaitResume } from "./wait-resume";

/** The embedded stack in a process of its own, durable, asked by the real supabase-js and called by the unmodified inngest SDK. */
export const suite: Suite = {
  targets: {
    event_to_start_p50_ms: { unit: "ms", atMost: 20 },
    step_overhead_cp_ms: { unit: "ms", atMost: 3 },
    step_overhead_nc_ms: { unit: "ms", atMost: 12 },
    wait_resume_p50_ms: { unit: "ms", atMost: 20 },
    fanout_runs_per_s: { unit: "runs/s", atLeast: 300 },
    sleeping_10k_mb: { unit: "MB", atMost: 50 },
    rest_reads_per_s: { unit: "reads/s", atLeast: 900 },
    rest_read_p95_ms: { unit: "ms", atMost: 6 },
    realtime_p95_ms: { unit: "ms", atMost: 20 },
    cold_start_ms: { unit: "ms", atMost: 2_000 },
    memory_growth_mb: { unit: "MB", atMost: 20 },
    fuzz_requests: { unit: "requests", atLeast: 50_000 },
    fuzz_lies: { unit: "", atMost: 0 },
    fuzz_hangs: { unit: "", atMost: 0 },
    fuzz_restarts: { unit: "", atMost: 0 },
  },
  measure: async () => {
    const desk = await openBenchDesk();
    try {
      const figures = {
        ...(await measureRestReads(desk)),
        realtime_p95_ms: await measureRealtimeDelay(desk),
        memory_growth_mb: await measureMemoryGrowth(desk),
        event_to_start_p50_ms: await measureEventToStart(desk),
        step_overhead_cp_ms: await measureStepOverhead(desk.cp, desk.marks),
        step_overhead_nc_ms: await measureStepOverhead(desk.nc, desk.marks),
        wait_resume_p50_ms: await measureWaitResume(desk),
        fanout_runs_per_s: await measureFanOut(desk),
        sleeping_10k_mb: await measureSleepingRuns(desk),
      };
      return { ...figures, cold_start_ms: await measureColdStart(desk), ...(await measureFuzz()) };
    } finally {
      await desk.close();
    }
  },
};
