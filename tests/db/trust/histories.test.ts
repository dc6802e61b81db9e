import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBurst, type Verdict } from "@/lib/trust/burst";
import { passesBar } from "@/tests/support/wilson";
import { openDesk } from "../support/open-desk";
import { agentRun, intoAuto, type Judged, judge, modeOf, propose, trustOf, verdict } from "./judge";

const desk = openDesk();

type Event =
  | { readonly kind: "decided"; readonly judged: Judged }
  | { readonly kind: "looked back"; readonly said: Verdict }
  | { readonly kind: "promoted" }
  | { readonly kind: "returned" }
  | { readonly kind: "another model" };

let models = 0;
const nextModel = () => `model-${++models}`;

const RULES = { bar: 0.6, minDecisions: 6, windowSize: 20 };

const eventOf = (agreement: number): fc.Arbitrary<Event> => {
  const mostly = <Value>(good: Value, bad: readonly Value[]) =>
    fc
      .double({ min: 0, max: 1, noNaN: true })
      .chain((at) => (at < agreement ? fc.constant(good) : fc.constantFrom(...bad)));
  return fc.oneof(
    {
      weight: 8,
      arbitrary: mostly<Judged>("unchanged", ["edited", "changes_asked", "rejected"]).map((judged) => ({
        kind: "decided" as const,
        judged,
      })),
    },
    {
      weight: 5,
      arbitrary: mostly<Verdict>("agree", ["would_change", "would_reject"]).map((said) => ({
        kind: "looked back" as const,
        said,
      })),
    },
    { weight: 1, arbitrary: fc.constant({ kind: "promoted" as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: "returned" as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: "another model" as const }) },
  );
};

/** What must be true after each event, kept here in a few lines. */
class Expected {
  mode: "plan" | "auto" = "plan";
  demotions = 0;
  /** What the next run will use, what the newest proposal used, and what auto was earned with. */
  model = nextModel();
  #proposed = "";
  #earned = "";
  #evidence: { readonly model: string; readonly fine: boolean }[] = [];
  #verdicts: Verdict[] = [];

  get counted(): boolean[] {
    const own = this.#evidence.filter(({ model }) => model === this.#proposed);
    return own.slice(-RULES.windowSize).map(({ fine }) => fine);
  }
  get isOtherModel(): boolean {
    return this.mode === "auto" && this.#earned !== this.model;
  }
  get passes(): boolean {
    return passesBar(this.counted.filter(Boolean).length, this.counted.length, RULES);
  }
  propose(): void {
    this.#proposed = this.model;
  }
  decide(fine: boolean): void {
    this.#evidence.push({ model: this.model, fine });
  }
  promote(): void {
    if (this.mode === "plan") {
      this.#verdicts = [];
      this.#earned = this.#proposed;
    }
    this.mode = "auto";
  }
  lookBack(said: Verdict): void {
    this.decide(said === "agree");
    this.#verdicts.unshift(said);
    if (isBurst(this.#verdicts)) this.demote();
  }
  demote(): void {
    this.mode = "plan";
    this.demotions++;
    this.#evidence = [];
  }
}

/** Lives one event through, where it can happen: a person promotes only on evidence, decides in plan, looks back in auto. */
async function live(event: Event, expected: Expected): Promise<void> {
  switch (event.kind) {
    case "decided":
      if (expected.mode !== "plan") return;
      expected.propose();
      await judge(desk(), "sourcing", event.judged, await runWith(expected.model));
      return expected.decide(event.judged === "unchanged");
    case "looked back":
      if (expected.mode !== "auto") return;
      return lookBack(event.said, expected);
    case "promoted": {
      const asked = desk().operator.call("set_checkpoint_mode", { p_checkpoint: "sourcing", p_mode: "auto" });
      if (!expected.passes) return expect(asked).rejects.toMatchObject({ code: "22023" });
      await asked;
      return expected.promote();
    }
    case "returned":
      await desk().operator.call("set_checkpoint_mode", { p_checkpoint: "sourcing", p_mode: "plan" });
      expected.mode = "plan";
      return;
    case "another model":
      return changeModel(expected);
  }
}

/** Auto lets something through, and a person looks back; with another model than it was earned with it is asked about. */
async function lookBack(said: Verdict, expected: Expected): Promise<void> {
  expected.propose();
  const approval = await propose(desk(), "sourcing", await runWith(expected.model));
  expect(approval.mode).toBe(expected.isOtherModel ? "plan" : "auto");
  if (expected.isOtherModel) return expected.demote();
  await verdict(desk(), approval, said);
  expected.lookBack(said);
}

/** The setting was changed, and the sweep comes by. */
async function changeModel(expected: Expected): Promise<void> {
  expected.model = nextModel();
  await desk().service.call("note_definition", {
    p_agent: "sourcing-agent",
    p_version: "one",
    p_model: expected.model,
  });
  if (expected.isOtherModel) expected.demote();
}

const runs = new Map<string, string>();
async function runWith(model: string): Promise<{ p_agent_run_id: string }> {
  const id = runs.get(model) ?? (await agentRun(desk(), "one", { model }));
  runs.set(model, id);
  return { p_agent_run_id: id };
}

async function begin(): Promise<void> {
  await desk().operator.call("update_trust_settings", {
    p_changes: {
      bar: RULES.bar,
      min_decisions: RULES.minDecisions,
      window_size: RULES.windowSize,
      sample_share: 1,
    },
  });
  await desk().operator.call("set_checkpoint_mode", { p_checkpoint: "sourcing", p_mode: "plan" });
}

describe("Whatever the history", () => {
  it.each([0.98, 0.9, 0.7, 0.4])(
    "auto is offered and taken back exactly when it should be, with an agent that is right %d of the time",
    async (agreement) => {
      const histories = fc.array(eventOf(agreement), { minLength: 45, maxLength: 60 });
      let first = true;
      const holds = fc.asyncProperty(histories, async (history) => {
        if (!first)
          await desk().db.query("update checkpoint_settings set evidence_since = clock_timestamp()");
        first = false;
        await desk().db.query("update notices set acknowledged_at = now()");
        await begin();
        const expected = new Expected();
        for (const event of history) {
          await live(event, expected);
          const trust = await trustOf(desk(), "sourcing");
          const seen = {
            mode: await modeOf(desk(), "sourcing"),
            passes: trust.passes,
            decisions: trust.decisions,
          };
          expect(seen, JSON.stringify(event)).toEqual({
            mode: expected.mode,
            passes: expected.passes,
            decisions: expected.counted.length,
          });
        }
        const told = await desk().db.query("select 1 from notices where acknowledged_at is null");
        expect(told).toHaveLength(expected.demotions);
      });
      // A failing history names its seed; making it shorter would take the database minutes.
      await fc.assert(holds, { numRuns: 3, endOnFailure: true });
    },
  );

  it("a burst of bad work takes auto back at the second look, and a hurried person's word does not shield it", async () => {
    await begin();
    await intoAuto(desk(), "sourcing");
    await verdict(desk(), await propose(desk(), "sourcing"), "would_reject");
    expect(await modeOf(desk(), "sourcing")).toBe("auto");
    await verdict(desk(), await propose(desk(), "sourcing"), "would_reject");
    expect(await modeOf(desk(), "sourcing")).toBe("plan");
  });
});
