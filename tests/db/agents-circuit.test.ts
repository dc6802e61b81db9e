import { describe, expect, it } from "vitest";
import { openDesk } from "./support/open-desk";
import { together } from "./support/sessions";

const desk = openDesk();
const AT = Date.parse("2031-05-08T16:00:00Z");
const at = (seconds: number) => new Date(AT + seconds * 1000).toISOString();

interface Circuit {
  readonly passes: boolean;
  readonly probe: boolean;
  readonly status: string;
  readonly kind: string | null;
  readonly retryAt: string | null;
}

const report = (outcome: string, seconds: number, jitter = 0.5) =>
  desk().service.call<Circuit>("report_agent_outcome", {
    p_outcome: outcome,
    p_message: `it was ${outcome}`,
    p_jitter: jitter,
    p_now: at(seconds),
  });
const pass = (seconds: number, probe = true) =>
  desk().service.call<Circuit>("pass_agent_circuit", { p_lease_s: 60, p_probe: probe, p_now: at(seconds) });
const waitOf = ({ retryAt }: Circuit, seconds: number) => (Date.parse(retryAt ?? "") - AT) / 1000 - seconds;

describe("When the provider is down", () => {
  it("three failures in a row pause agents; an answer in between counts anew", async () => {
    expect(await report("overloaded", 0)).toMatchObject({ passes: true });
    expect(await report("timed_out", 1)).toMatchObject({ passes: true });
    await report("answered", 2);
    expect(await report("overloaded", 3)).toMatchObject({ passes: true });
    expect(await report("overloaded", 4)).toMatchObject({ passes: true });
    expect(await report("rate_limited", 5)).toMatchObject({ passes: false, status: "open" });
    expect(await pass(6)).toMatchObject({ passes: false, kind: "rate_limited" });
  });

  it("one failure is enough where trying again cannot help", async () => {
    expect(await report("not_signed_in", 0)).toMatchObject({ passes: false, status: "open" });
  });

  it("after the back-off one probe gets through, and of twelve that ask at once exactly one is it", async () => {
    await report("not_signed_in", 0);
    expect(await pass(29)).toMatchObject({ passes: false });
    const asked = await together(desk().service, 12, (session) =>
      session.call<Circuit>("pass_agent_circuit", { p_lease_s: 60, p_now: at(31) }),
    );
    expect(asked.filter((one) => one.passes)).toHaveLength(1);
    expect(asked.find((one) => one.passes)).toMatchObject({ probe: true, status: "probing" });
  });

  it("work that must not stand in for a live run never becomes the probe", async () => {
    await report("not_signed_in", 0);
    expect(await pass(3600, false)).toMatchObject({ passes: false });
    expect(await pass(3600)).toMatchObject({ passes: true, probe: true });
  });

  it("a probe whose process died is taken over when its time is up", async () => {
    await report("not_signed_in", 0);
    expect(await pass(31)).toMatchObject({ probe: true });
    expect(await pass(90)).toMatchObject({ passes: false });
    expect(await pass(92)).toMatchObject({ probe: true });
  });

  it("each failed probe waits twice as long, up to a quarter of an hour, spread by a fifth", async () => {
    let now = 0;
    const waits: number[] = [];
    for (let opening = 0; opening < 8; opening++) {
      const circuit = await report("not_signed_in", now);
      waits.push(Math.round(waitOf(circuit, now)));
      now += 2000;
      expect(await pass(now)).toMatchObject({ probe: true });
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
    expect(Math.round(waitOf(await report("overloaded", now, 0), now))).toBe(720);
    now += 2000;
    await pass(now);
    expect(Math.round(waitOf(await report("overloaded", now, 1), now))).toBe(1080);
  });

  it("a run that began before the pause and fails during it neither prolongs nor shortens it", async () => {
    const { retryAt } = await report("not_signed_in", 0);
    expect(await report("timed_out", 20)).toMatchObject({ retryAt, kind: "not_signed_in" });
  });

  it("an answer ends the pause, and the next failure starts from the shortest wait", async () => {
    await report("not_signed_in", 0);
    await pass(40);
    await report("not_signed_in", 41);
    await report("answered", 200);
    expect(await pass(201)).toMatchObject({ passes: true, probe: false, status: "closed" });
    expect(Math.round(waitOf(await report("not_signed_in", 300), 300))).toBe(30);
  });

  it("somebody is told once, and no longer once it is over", async () => {
    await report("not_signed_in", 0);
    await pass(40);
    await report("not_signed_in", 41);
    const open = "select title, href from notices where acknowledged_at is null";
    expect(await desk().operator.rows(open)).toEqual([
      { title: "Agents are paused", href: "/settings/agents" },
    ]);
    await report("answered", 100);
    expect(await desk().operator.rows(open)).toEqual([]);
    const audit = await desk().operator.rows(
      "select action from audit_log where action like 'agents.%' order by id",
    );
    expect(audit).toEqual([{ action: "agents.paused" }, { action: "agents.resumed" }]);
  });

  it("a person may have it tried at once", async () => {
    expect(await desk().operator.call("retry_agents_now")).toBe(false);
    await desk().service.call("report_agent_outcome", { p_outcome: "not_signed_in" });
    expect(await desk().service.call("pass_agent_circuit")).toMatchObject({ passes: false });
    expect(await desk().operator.call("retry_agents_now")).toBe(true);
    expect(await desk().service.call("pass_agent_circuit")).toMatchObject({ probe: true });
  });

  it("a run whose process died does not say it is running for ever", async () => {
    await desk().service.rows(
      "insert into agent_runs (agent, agent_version, purpose, model, prompt, started_at) values ('sourcing-agent', 'v', 'x', 'm', 'p', now() - interval '31 minutes'), ('sourcing-agent', 'v', 'x', 'm', 'p', now())",
    );
    expect(await desk().service.call("tidy_agent_runs")).toBe(1);
    expect(await desk().operator.rows("select status from agent_runs order by started_at")).toEqual([
      { status: "failed" },
      { status: "running" },
    ]);
  });
});
