import assert from "node:assert/strict";
import type { Context } from "./context";
import { expectRun, type Scenario } from "./scenario";

async function rerun(context: Context, runId: string, body: unknown): Promise<string> {
  const answer = await context.post(`/api/v2/runs/${runId}/rerun`, body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const newId = (answer.body as { data: { runId: string } }).data.runId;
  await context.runEnded(newId);
  return newId;
}

/** What a person does from a console. */
export const operator: readonly Scenario[] = [
  {
    name: "a run can be run again from the start, with the same event",
    define: (kit) =>
      kit.fn("again", {}, async ({ step, event }) => {
        const first = await step.run("first", () => kit.note("again first"));
        return step.run("second", () => [first ?? null, event.data.n]);
      }),
    check: async (context) => {
      const original = await expectRun(context, await context.send("again", { n: 7 }), {});
      const id = await rerun(context, original, {});
      assert.deepEqual(context.kit.returned(id), [null, 7]);
      assert.equal(context.kit.notes("again first").length, 2);
    },
  },
  {
    name: "a run can be run again from a step, keeping the results before it",
    define: (kit) =>
      kit.fn("again-from", {}, async ({ step }) => {
        const first = await step.run("first", () => kit.note("again-from first", 1) ?? "kept");
        const second = await step.run("second", () => kit.note("again-from second", 1) ?? first);
        return step.run("third", () => second);
      }),
    check: async (context) => {
      const original = await expectRun(context, await context.send("again-from"), { returned: "kept" });
      const id = await rerun(context, original, { fromStep: { stepId: "second" } });
      assert.equal(context.kit.returned(id), "kept");
      assert.equal(context.kit.notes("again-from first").length, 1);
      assert.equal(context.kit.notes("again-from second").length, 2);
    },
  },
  {
    name: "a run can be cancelled while it sleeps",
    define: (kit) => kit.fn("to-cancel", {}, async ({ step }) => step.sleep("s", "1h")),
    check: async (context) => {
      const event = await context.send("to-cancel");
      const runId = await context.until("the run", async () => (await context.runIds(event))[0]);
      await context.until("the run to start", () => context.kit.notes("enter to-cancel").length > 0);
      await context.request("DELETE", `/v1/runs/${runId}`);
      await expectRun(context, event, { status: "Cancelled" });
    },
  },
  {
    name: "the trace shows each step with its result",
    define: (kit) =>
      kit.fn("traced", {}, async ({ step }) => {
        await step.run("look", () => ({ seen: 1 }));
        await step.sleep("rest", "1s");
      }),
    check: async (context) => {
      const runId = await expectRun(context, await context.send("traced"), {});
      const { body } = await context.get(`/api/v2/runs/${runId}/trace?includeOutput=true`);
      const { rootSpan } = (
        body as { data: { rootSpan: { status: string; children: { name: string; status: string }[] } } }
      ).data;
      assert.equal(rootSpan.status, "COMPLETED");
      const names = rootSpan.children.map((child) => child.name);
      assert.ok(names.includes("look") && names.includes("rest"), names.join(", "));
    },
  },
  {
    name: "runs can be listed by function and status",
    define: (kit) => kit.fn("listed", {}, async () => 1),
    check: async (context) => {
      const runId = await expectRun(context, await context.send("listed"), {});
      const path = `/api/v2/runs?limit=5&appId=${context.kit.appId}&functionId=listed&status=COMPLETED`;
      await context.until("the run in the list", async () => {
        const { body } = await context.get(path);
        return ((body as { data?: { id: string }[] }).data ?? []).some((run) => run.id === runId);
      });
    },
  },
  {
    name: "an event without a name, with a reserved name or not an object is refused",
    define: (kit) => kit.fn("unused", {}, async () => 1),
    check: async (context) => {
      for (const bad of [{ data: {} }, { name: "" }, { name: "inngest/foo", data: {} }, 7, "text"]) {
        const { status, body } = await context.post("/e/test", bad);
        assert.equal(status, 400, JSON.stringify(bad));
        assert.ok((body as { error?: string }).error, JSON.stringify(body));
      }
    },
  },
];
