import path from "node:path";
import type { RealtimePostgresChangesPayload, SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import WebSocket from "ws";
import { ENGINES, type Project, startProject } from "./project/start-project";

type Row = Record<string, unknown>;
type Event = RealtimePostgresChangesPayload<Row>;
type Filter = { event: "*"; schema: string; table: string; filter?: string };

let topics = 0;

/** Subscribes and collects what arrives; a refused subscription throws with the server's reason. */
async function subscribe(client: SupabaseClient, table: string, filter?: string): Promise<Event[]> {
  const events: Event[] = [];
  const wanted: Filter = { event: "*", schema: "public", table, ...(filter && { filter }) };
  await new Promise<void>((resolve, reject) => {
    client
      .channel(`topic-${++topics}`)
      .on("postgres_changes", wanted, (event: Event) => events.push(event))
      .subscribe((status, error) =>
        status === "SUBSCRIBED" ? resolve() : reject(error ?? new Error(status)),
      );
  });
  return events;
}

const titles = (events: readonly Event[]) =>
  events.map((event) => `${event.eventType} ${(event.new as Row).title ?? ""}`.trim());

describe.each(ENGINES)("Realtime on %s", (engine) => {
  let project: Project;
  let ada: SupabaseClient;
  let bob: SupabaseClient;
  let approver: SupabaseClient;
  beforeAll(async () => {
    const migrationsDir = path.join(import.meta.dirname, "project/realtime-migrations");
    project = await startProject(engine, { migrationsDir, schemas: ["public"] });
    ada = (await project.signIn("ada@example.com")).client;
    bob = (await project.signIn("bob@example.com")).client;
    approver = (await project.signIn("ann@example.com", { role: "approver" })).client;
  });
  afterAll(async () => {
    for (const client of [ada, bob, approver]) await client?.removeAllChannels();
    await project?.stop();
  });

  it("tells inserts, updates and deletes in commit order to those whom row security lets see the row", async () => {
    const seen = { ada: await subscribe(ada, "requests"), bob: await subscribe(bob, "requests") };
    const approved = await subscribe(approver, "requests");
    const { data } = await ada.from("requests").insert({ title: "one" }).select("id").single();
    await vi.waitFor(() => expect(titles(seen.ada)).toEqual(["INSERT one"]));
    await ada.from("requests").update({ title: "two" }).eq("id", data?.id);
    await vi.waitFor(() => expect(titles(seen.ada)).toEqual(["INSERT one", "UPDATE two"]));
    await project.service.from("requests").delete().eq("id", data?.id);
    const all = ["INSERT one", "UPDATE two", "DELETE"];
    await vi.waitFor(() =>
      expect([titles(seen.ada), titles(approved), titles(seen.bob)]).toEqual([all, all, ["DELETE"]]),
    );
    expect(seen.bob[0]?.old).toEqual({ id: data?.id });
  });

  it("leaves out columns the subscriber may not read", async () => {
    const events = await subscribe(ada, "requests");
    await ada.from("requests").insert({ title: "with secret", secret: "hidden" });
    await vi.waitFor(() => expect(events).toHaveLength(1));
    expect(Object.keys(events[0]?.new ?? {}).sort()).toEqual(["amount", "id", "owner", "payload", "title"]);
  });

  it("tells nobody about a table they may not read, and the service role everything", async () => {
    const [staff, outsider] = [
      await subscribe(project.service, "staff_notes"),
      await subscribe(ada, "staff_notes"),
    ];
    await project.service.from("staff_notes").insert({ id: 1, body: "internal" });
    await vi.waitFor(() => expect(staff).toHaveLength(1));
    expect(outsider).toEqual([]);
  });

  it("applies a filter with the column's own type", async () => {
    const large = await subscribe(ada, "requests", "amount=gt.9");
    const listed = await subscribe(ada, "requests", "title=in.(small,other)");
    await ada.from("requests").insert([
      { title: "small", amount: 5 },
      { title: "large", amount: 10 },
    ]);
    await vi.waitFor(() =>
      expect([titles(large), titles(listed)]).toEqual([["INSERT large"], ["INSERT small"]]),
    );
  });

  it.each([
    ["amount=gt.5,amount=lt.10", ["INSERT a,b"]],
    ["title=not.in.(plain,like*)", ["INSERT a,b"]],
    ['title=eq."a,b"', ["INSERT a,b"]],
    ["title=ilike.LIKE%", ["INSERT like*"]],
    ["title=like.li*", []],
    ["title=match.^p.a", ["INSERT plain"]],
    ["secret=is.null,title=neq.plain", ["INSERT a,b", "INSERT like*"]],
    ["secret=isdistinct.x,amount=gte.10", ["INSERT like*"]],
  ])("takes a filter as hosted does: %s", async (filter, wanted) => {
    const [chosen, all] = [await subscribe(ada, "requests", filter), await subscribe(ada, "requests")];
    await ada.from("requests").insert([
      { title: "a,b", amount: 7 },
      { title: "plain", amount: 1 },
      { title: "like*", amount: 10 },
    ]);
    await vi.waitFor(() => expect(all).toHaveLength(3));
    expect(titles(chosen)).toEqual(wanted);
    await ada.removeAllChannels();
  });

  it("tells only the columns that were asked for", async () => {
    const events: Event[] = [];
    const wanted = {
      event: "INSERT",
      schema: "public",
      table: "requests",
      select: ["title", "secret"],
    } as const;
    await new Promise<void>((resolve) => {
      ada
        .channel("narrow")
        .on("postgres_changes", { ...wanted, select: [...wanted.select] }, (event: Event) =>
          events.push(event),
        )
        .subscribe((status) => status === "SUBSCRIBED" && resolve());
    });
    await ada.from("requests").insert({ title: "narrow", amount: 3 });
    await vi.waitFor(() => expect(events.map((event) => event.new)).toEqual([{ title: "narrow" }]));
    await ada.removeAllChannels();
  });

  it("refuses a filter it could only answer with silence", async () => {
    await expect(subscribe(ada, "requests", "nope=eq.1")).rejects.toThrow(/nope/);
    await expect(subscribe(ada, "requests", "amount=eq.many")).rejects.toThrow(/cannot be applied/);
    await expect(subscribe(ada, "requests", "amount=like.1")).rejects.toThrow(/cannot be applied/);
    await expect(subscribe(ada, "requests", "payload=cs.{}")).rejects.toThrow(/not understood.*"cs"/);
    await expect(subscribe(ada, "requests", "title=eq(any).{a}")).rejects.toThrow(/not understood.*"eq/);
    await expect(subscribe(ada, "requests", "title=eq.a)")).rejects.toThrow(/not understood/);
    await ada.removeAllChannels();
  });

  it("tells a change that is larger than a NOTIFY can carry", async () => {
    const events = await subscribe(ada, "requests");
    await ada.from("requests").insert({ title: "big", payload: { text: "é".repeat(20_000) } });
    await vi.waitFor(() => expect(events).toHaveLength(1));
    expect(events[0]?.new).toMatchObject({ payload: { text: "é".repeat(20_000) } });
  });

  it("starts telling a table as soon as it is added to the publication", async () => {
    const events = await subscribe(ada, "notes");
    await project.db.exec("alter publication supabase_realtime add table public.notes");
    let id = 0;
    await vi.waitFor(async () => {
      await project.service.from("notes").insert({ id: ++id, body: "hello" });
      await vi.waitFor(() => expect(events.length).toBeGreaterThan(0), { timeout: 200 });
    });
  });

  it("tells nothing about a transaction that was rolled back", async () => {
    const events = await subscribe(ada, "requests");
    await project.db
      .transaction(async (tx) => {
        await tx.query("insert into public.requests(owner, title) select id, 'undone' from auth.users");
        throw new Error("undo");
      })
      .catch(() => undefined);
    await ada.from("requests").insert({ title: "kept" });
    await vi.waitFor(() => expect(titles(events)).toEqual(["INSERT kept"]));
  });

  it("goes on with a refreshed token", async () => {
    const events = await subscribe(bob, "requests");
    await bob.auth.refreshSession();
    await bob.realtime.setAuth();
    await bob.from("requests").insert({ title: "after refresh" });
    await vi.waitFor(() => expect(titles(events)).toEqual(["INSERT after refresh"]));
  });

  it("refuses presence and private channels rather than pretending", async () => {
    const join = (config: object) =>
      new Promise<string>((resolve) => {
        ada.channel(`odd-${++topics}`, { config }).subscribe((status) => resolve(status));
      });
    expect(await join({ private: true })).toBe("CHANNEL_ERROR");
    await ada.removeAllChannels();
  });

  it("answers a heartbeat, ignores noise, and cuts off a client that floods it", async () => {
    const url = `${project.api.url.replace("http", "ws")}/realtime/v1/websocket?apikey=${project.api.publishableKey}&vsn=2.0.0`;
    const socket = new WebSocket(url);
    const frames: string[] = [];
    socket.on("message", (frame) => frames.push(String(frame)));
    await new Promise((resolve) => socket.once("open", resolve));
    for (const noise of ["", "{", "[]", "null", "[1,2,{},4,5]", '["1","2","realtime:x","phx_join",7]'])
      socket.send(noise);
    socket.send('[null,"7","phoenix","heartbeat",{}]');
    await vi.waitFor(() =>
      expect(frames.at(-1)).toBe('[null,"7","phoenix","phx_reply",{"status":"ok","response":{}}]'),
    );
    const closed = new Promise<number>((resolve) => socket.once("close", resolve));
    for (let n = 0; n < 2000; n++) socket.send(`["${n}","${n}","realtime:x${n}","phx_join",{}]`);
    expect(await closed).toBe(1008);
  });
});
