import { describe, expect, it } from "vitest";
import { errorMessage } from "@/components/runs/error-message";
import { sayOutcome } from "@/components/runs/outcome-words";
import { functionIdOf, runSchema, statusOf } from "@/lib/runs/run-shape";
import { subjectOf } from "@/lib/runs/run-subject";
import { functionsOf } from "@/lib/runs/run-views";
import { stepsOf, traceSchema } from "@/lib/runs/trace-shape";

describe("A run as an engine answers it", () => {
  it("is running while it has not ended, whatever a server infers from its steps", () => {
    expect(statusOf("COMPLETED", null)).toBe("running");
    expect(statusOf("FAILED", undefined)).toBe("running");
    expect(statusOf("COMPLETED", "2026-11-23T08:00:00Z")).toBe("completed");
    expect(statusOf("CANCELLED", null)).toBe("cancelled");
    expect(statusOf("WAITING", null)).toBe("queued");
    expect(statusOf("SOMETHING_NEW", null)).toBe("running");
    expect(statusOf(null, "2026-11-23T08:00:00Z")).toBe("completed");
  });

  it("has its function's own name, however the server spells it", () => {
    expect(functionIdOf({ id: "run-outreach" })).toBe("run-outreach");
    expect(functionIdOf({ id: "upstream-run-outreach" })).toBe("run-outreach");
    expect(functionIdOf({ id: "f0e9a1b2-0000-4000-8000-000000000000", slug: "upstream-sweep" })).toBe(
      "sweep",
    );
    expect(functionIdOf(null)).toBe("unknown");
  });

  it("may leave out whatever has not happened yet", () => {
    const run = runSchema.parse({
      id: "01R",
      function: { id: "sweep" },
      status: "RUNNING",
      queuedAt: "2026-11-23T08:00:00Z",
    });
    expect(run).toMatchObject({
      status: "running",
      startedAt: null,
      endedAt: null,
      output: null,
      reason: null,
    });
  });
});

describe("The steps of a run", () => {
  it("keep their order, kind, attempts and error", () => {
    const trace = traceSchema.parse({
      rootSpan: {
        children: [
          {
            stepId: "a",
            name: "connect",
            status: "COMPLETED",
            stepOp: "RUN",
            attempts: 2,
            endedAt: "2026-11-23T08:00:00Z",
            output: { data: 1 },
          },
          { stepId: "b", name: "wait", status: "RUNNING", stepOp: "WAIT_FOR_EVENT" },
        ],
      },
    });
    expect(stepsOf(trace)).toMatchObject([
      { name: "connect", kind: "step", status: "completed", attempts: 2, output: { data: 1 }, error: null },
      { name: "wait", kind: "wait", status: "running", attempts: 1, output: null },
    ]);
  });

  it("count nested attempts, and show the last one's error", () => {
    const trace = traceSchema.parse({
      rootSpan: {
        children: [
          {
            stepId: "a",
            name: "classify",
            status: "FAILED",
            endedAt: "2026-11-23T08:00:00Z",
            children: [
              { name: "Attempt 0", error: { message: "first" } },
              { name: "Attempt 1", error: { message: "second" } },
            ],
          },
        ],
      },
    });
    expect(stepsOf(trace)).toMatchObject([{ attempts: 2, error: { message: "second" }, status: "failed" }]);
  });

  it("are none when the run has not begun", () => {
    expect(stepsOf(traceSchema.parse({}))).toEqual([]);
  });
});

describe("What came of a run", () => {
  const run = (output: unknown, status: "completed" | "failed" | "running" = "completed") => ({
    output,
    status,
    reason: null,
  });

  it("is said in words for the outputs this desk knows", () => {
    expect(sayOutcome(run({ settled: { sent: 33 }, waitsFor: "nothing is due" }))).toBe(
      "33 sent; nothing is due",
    );
    expect(sayOutcome(run({ settled: {}, waitsFor: "nothing is due" }))).toBe("No mail; nothing is due");
    expect(
      sayOutcome(
        run({ outcome: "routed", category: "hard_pass", did: ["sequence stopped"], toPerson: false }),
      ),
    ).toBe("Filed as Never: sequence stopped");
    expect(sayOutcome(run({ outcome: "active", campaignId: "x" }))).toBe("The campaign is active");
  });

  it("is shown as it is for others, and as the message for a failure", () => {
    expect(sayOutcome(run({ nudged: 2 }))).toBe('{"nudged":2}');
    expect(sayOutcome(run({ data: { error: { message: "no phone" } } }, "failed"))).toBe("no phone");
    expect(sayOutcome(run(null, "failed"))).toBe("It failed.");
    expect(errorMessage({ name: "Error" })).toBeNull();
  });
});

describe("A run's subject", () => {
  it("leads to the search, reply or mailbox it is about, and nowhere for clockwork", () => {
    expect(subjectOf({ searchId: "s" })?.href).toBe("/searches/s");
    expect(subjectOf({ emailId: "../x" })?.href).toBe("/replies/..%2Fx?tab=all");
    expect(subjectOf({ cron: "* * * * *" })).toBeNull();
    expect(subjectOf(null)).toBeNull();
  });
});

describe("The tabs of Runs", () => {
  it("keep what runs every minute out of the way of the work", () => {
    expect(functionsOf("work")).toEqual(["run-outreach", "classify-reply"]);
    expect(functionsOf("clockwork")).toContain("sweep");
    expect(functionsOf("all")).toBeUndefined();
  });
});
