import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { runCampaign } from "./support/make-campaign";
import { mailFrom, receive } from "./support/make-mail";
import { addContacts, addSearch } from "./support/make-market";
import { openDesk } from "./support/open-desk";

const desk = openDesk();

interface Learning {
  readonly id: string;
  readonly words: string;
  readonly outcome: string | null;
  readonly adjustment: string | null;
  readonly effect_bps: number | null;
  readonly measured_at: string | null;
  readonly pinned: boolean;
  readonly status: string;
  readonly became: string | null;
}

/** Written as Postgres reads an array. */
const list = (values: readonly string[]) => `{${values.map((value) => `"${value}"`).join(",")}}`;
const learning = async (id: string): Promise<Learning> => {
  const [row] = await desk().db.query<Learning>("select * from agent_feedback where id = $1", [id]);
  if (!row) throw new Error("there is no such learning");
  return row;
};
const say = (search: string, words: string, tags: readonly string[] = []) =>
  desk().operator.call<string>("note_learning", { p_search_id: search, p_words: words, p_tags: list(tags) });
const add = async (change: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  const row = {
    words: "Too narrow",
    tags: [],
    pinned: false,
    effect_bps: null,
    agent: "sourcing-agent",
    days: 1,
    ...change,
  };
  const [made] = await desk().service.rows<{ id: string }>(
    `insert into agent_feedback (agent, checkpoint, words, tags, pinned, effect_bps, author, created_at)
     values ($1, 'sourcing', $2, array(select jsonb_array_elements_text($3::jsonb)), $4, $5, 'Dana', now() - make_interval(days => $6))
     returning id`,
    [row.agent, row.words, JSON.stringify(row.tags), row.pinned, row.effect_bps, row.days] as never,
  );
  return made?.id ?? "";
};
const rank = async (tags: readonly string[], limit = 300) =>
  (
    await desk().service.rows<{ words: string }>(
      "select words from rank_learnings('sourcing-agent', $1::text[], $2)",
      [list(tags), limit],
    )
  ).map((row) => row.words);

let revision = 0;
/** An extraction that finds `properties`, with one contact each that was not known before. */
async function extract(search: string, properties: readonly number[]): Promise<void> {
  revision += 1;
  const { service } = desk();
  const approval = await service.row<{ id: string }>("propose", {
    p_run_key: `search:${search}`,
    p_checkpoint: "extraction",
    p_revision: revision,
    p_title: "Run",
    p_summary: "Run",
    p_proposal: {},
    p_search_id: search,
  });
  await service.rows(
    "update approval_queue set status = 'approved', decided_at = now(), decided_by = 'x' where id = $1",
    [approval.id],
  );
  const [extraction] = await service.rows<{ id: string }>(
    "insert into extractions (search_id, approval_id, status, created_at) values ($1, $2, 'running', clock_timestamp()) returning id",
    [search, approval.id],
  );
  const id = extraction?.id ?? "";
  await service.rows(
    "insert into extraction_payloads (extraction_id, position, title, payload) values ($1, 1, 'All', '{}')",
    [id],
  );
  await service.call("save_properties", {
    p_extraction_id: id,
    p_position: 1,
    p_next_page: 2,
    p_listed: true,
    p_rows: properties.map((n) => ({
      costar_property_id: n,
      address: `${n} Main St`,
      city: "Ontario",
      state: "CA",
      source: "costar",
    })),
  });
  const asked = await service.rows<{ property_id: string; number: string }>(
    `select s.property_id, p.costar_property_id::text as number from search_properties s join properties p on p.id = s.property_id
      where s.extraction_id = $1 and s.contacts_fetched_at is null`,
    [id],
  );
  for (const row of asked)
    await service.call("save_owner", {
      p_extraction_id: id,
      p_property_id: row.property_id,
      p_header: {},
      p_owner: {},
      p_contacts: [{ fullName: `Owner ${row.number}`, email: `o${row.number}-${search}@owners.test` }],
    });
  await service.rows("update extractions set status = 'completed', finished_at = now() where id = $1", [id]);
}

describe("What came of a learning", () => {
  it("is measured the moment the search has been extracted again: contacts 3 → 7", async () => {
    const search = await addSearch(desk());
    await extract(search, [1, 2, 3]);
    const id = await say(search, "Too narrow, add OC", ["Industrial"]);
    expect(await learning(id)).toMatchObject({ outcome: null, measured_at: null });
    await extract(search, [1, 2, 3, 4, 5, 6, 7]);
    expect(await learning(id)).toMatchObject({ outcome: "contacts: 3 → 7", effect_bps: 13_333 });
  });

  it("says by how much the search shrank when the words asked for less", async () => {
    const search = await addSearch(desk());
    await extract(search, [1, 2, 3, 4]);
    const id = await say(search, "Too broad");
    await extract(search, [3, 4]);
    expect(await learning(id)).toMatchObject({ outcome: "contacts: 4 → 2", effect_bps: -5000 });
  });

  it("names what was found when the words came before anything had been", async () => {
    const search = await addSearch(desk());
    const id = await say(search, "Only loans maturing");
    await extract(search, [1, 2]);
    expect(await learning(id)).toMatchObject({ outcome: "contacts: 2", effect_bps: null });
  });

  it("is told once: a third extraction does not rewrite it, and other searches do not touch it", async () => {
    const search = await addSearch(desk());
    await extract(search, [1]);
    const id = await say(search, "Wider");
    await extract(await addSearch(desk()), [8, 9]);
    expect(await learning(id)).toMatchObject({ outcome: null });
    await extract(search, [1, 2]);
    await extract(search, [1, 2, 3]);
    expect(await learning(id)).toMatchObject({ outcome: "contacts: 1 → 2" });
  });

  it("for a correction is how often the classifier was wrong before and after", async () => {
    const { mailboxes } = await runCampaign(desk(), {});
    const classified = async (category: string, at: string) => {
      const mail = await receive(desk(), mailboxes[0], mailFrom(`${randomUUID()}@owners.test`));
      await desk().service.rows("update synced_emails set category = $2, classified_at = $3 where id = $1", [
        mail,
        category,
        at,
      ]);
      return mail;
    };
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    await classified("question", day(-3));
    const wrong = await classified("interested", day(-2));
    await desk().operator.call("correct_category", {
      p_id: wrong,
      p_category: "question",
      p_words: "He asks, he does not offer",
    });
    const [row] = await desk().db.query<{ id: string }>(
      "select id from agent_feedback where agent = 'response-classifier'",
    );
    const id = row?.id ?? "";
    for (let n = 0; n < 9; n += 1) await classified("question", day(1));
    await desk().service.call("measure_learnings", { p_now: day(2) });
    expect(await learning(id)).toMatchObject({ measured_at: null });
    await classified("question", day(1));
    await desk().service.call("measure_learnings", { p_now: day(2) });
    expect(await learning(id)).toMatchObject({
      outcome: "wrong about question: 1 of 2 → 0 of 10",
      effect_bps: 10_000,
    });
  });

  it("has what was changed beside it, and keeps the first telling", async () => {
    const search = await addSearch(desk());
    const approval = await desk().service.row<{ id: string; content_hash: string }>("propose", {
      p_run_key: `search:${search}`,
      p_checkpoint: "sourcing",
      p_revision: 1,
      p_title: "Payloads",
      p_summary: "Payloads",
      p_proposal: { a: 1 },
      p_search_id: search,
    });
    await desk().service.rows(
      "update approval_queue set status = 'superseded' where id = $1 and status = 'pending'",
      [approval.id],
    );
    const [row] = await desk().service.rows<{ id: string }>(
      "insert into agent_feedback (agent, checkpoint, words, approval_id, author) values ('sourcing-agent', 'sourcing', 'Add OC', $1, 'Dana') returning id",
      [approval.id],
    );
    const note = (text: string) =>
      desk().service.call<number>("note_adjustment", { p_approval_id: approval.id, p_adjustment: text });
    expect(await note("LA → LA, OC")).toBe(1);
    expect(await note("something else")).toBe(0);
    expect(await learning(row?.id ?? "")).toMatchObject({ adjustment: "LA → LA, OC" });
  });
});

describe("The learnings a prompt needs most", () => {
  it("come pinned first, then by shared tags, measured effect and recency; retired and other agents' never", async () => {
    await add({ words: "old", days: 400 });
    await add({ words: "recent" });
    await add({ words: "measured", effect_bps: 4000, days: 400 });
    await add({ words: "tagged", tags: ["Industrial"], days: 400 });
    await add({ words: "pinned", pinned: true, days: 900 });
    await add({ words: "not ours", agent: "response-classifier", tags: ["industrial"] });
    const retired = await add({ words: "retired", tags: ["industrial"] });
    await desk().operator.call("set_learning", { p_id: retired, p_pinned: false, p_status: "retired" });
    expect(await rank(["industrial"])).toEqual(["pinned", "tagged", "recent", "measured", "old"]);
  });

  it("include one that fits however many newer ones there are", async () => {
    await desk().service.rows(
      `insert into agent_feedback (agent, checkpoint, words, author)
       select 'sourcing-agent', 'sourcing', 'newer ' || n, 'Dana' from generate_series(1, 2000) n`,
      [],
    );
    await add({ words: "fits", tags: ["Inland Empire"], days: 300 });
    expect((await rank(["inland empire"], 5))[0]).toBe("fits");
  });

  it("cannot be crowded out: pinning stops when the pinned words of an agent fill the prompt", async () => {
    const pin = (id: string) =>
      desk().operator.call("set_learning", { p_id: id, p_pinned: true, p_status: "active" });
    await pin(await add({ words: "x".repeat(2000) }));
    await expect(pin(await add({ words: "y".repeat(2000) }))).rejects.toThrow("unpin or shorten one first");
    await pin(await add({ words: "y".repeat(2000), agent: "response-classifier" }));
  });
});

describe("Rewriting learnings", () => {
  const rewrite = (ids: readonly string[], words: string, tags: readonly string[] = []) =>
    desk().operator.row<Learning>("rewrite_learnings", {
      p_ids: list(ids),
      p_words: words,
      p_tags: list(tags),
    });

  it("merges several into one that keeps the strongest evidence, and retires the others with what they became", async () => {
    const weak = await add({ words: "Add OC", effect_bps: 200, pinned: true });
    const strong = await add({ words: "OC as well", effect_bps: 5000 });
    const merged = await rewrite([weak, strong], "Add Orange County to every LA search", ["Los Angeles"]);
    expect(merged).toMatchObject({ effect_bps: 5000, pinned: true, status: "active" });
    for (const id of [weak, strong])
      expect(await learning(id)).toMatchObject({ status: "retired", pinned: false, became: merged.id });
    expect(await rank(["los angeles"])).toEqual(["Add Orange County to every LA search"]);
  });

  it("cannot bring a rewritten one back beside what it became", async () => {
    const old = await add();
    await rewrite([old], "Better words");
    await expect(
      desk().operator.call("set_learning", { p_id: old, p_pinned: false, p_status: "active" }),
    ).rejects.toThrow("was rewritten");
  });

  it.each([
    ["no words", () => add().then((id) => rewrite([id], " \n")), "needs words"],
    [
      "a retired one",
      async () => {
        const id = await add();
        await desk().operator.call("set_learning", { p_id: id, p_pinned: false, p_status: "retired" });
        return rewrite([id], "x");
      },
      "in use",
    ],
    [
      "different agents",
      async () => rewrite([await add(), await add({ agent: "response-classifier" })], "x"),
      "different agents",
    ],
    ["nothing", () => rewrite([], "x"), "in use"],
  ])("refuses %s and changes nothing", async (_, attempt, message) => {
    await expect(attempt()).rejects.toThrow(message);
    expect(await desk().db.query("select 1 from agent_feedback where became is not null")).toEqual([]);
  });

  it("by two people at once happens once", async () => {
    const id = await add();
    const answers = await Promise.allSettled([
      rewrite([id], "one"),
      rewrite([id], "two"),
      rewrite([id], "three"),
    ]);
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
    expect(await desk().db.query("select 1 from agent_feedback where status = 'active'")).toHaveLength(1);
  });

  it("keeps both of two that disagree when a person says so, whichever is named first", async () => {
    const [one, other] = [await add(), await add()];
    const keep = (a: string, b: string) =>
      desk().operator.call("keep_both_learnings", { p_one: a, p_other: b });
    expect(await keep(one, other)).toBe(true);
    expect(await keep(other, one)).toBe(false);
  });
});

describe("A search sent back to its payloads", () => {
  it("mails only what the newest extraction found, and asks nothing twice about what both found", async () => {
    const search = await addSearch(desk());
    await extract(search, [1, 2, 3]);
    await extract(search, [2, 3, 4]);
    const [found] = await desk().db.query<{ contacts: string }>(
      "select search_yield($1) ->> 'contacts' as contacts",
      [search],
    );
    expect(found?.contacts).toBe("3");
    const extractions = await desk().db.query(
      "select properties_found, contacts_found from extractions where search_id = $1 order by created_at",
      [search],
    );
    expect(extractions).toEqual([
      { properties_found: 3, contacts_found: 3 },
      { properties_found: 3, contacts_found: 3 },
    ]);
    expect(
      await desk().db.query("select 1 from search_contacts where search_id = $1", [search]),
    ).toHaveLength(4);
  });

  it("needs words in a results note", async () => {
    await expect(say(await addSearch(desk()), " ")).rejects.toThrow("Say what should be different");
    expect(await addContacts(desk(), 1)).toHaveLength(1);
  });
});

describe("A run's learnings", () => {
  /** Words that asked for a change, and the proposal made after them with a run of its own. */
  async function revise(
    adjustment: string | null,
  ): Promise<{ run: string; feedback: string; other: string }> {
    const search = await addSearch(desk());
    const propose = (revision: number, run: string) =>
      desk().service.row<{ id: string; content_hash: string }>("propose", {
        p_run_key: `search:${search}`,
        p_checkpoint: "extraction",
        p_revision: revision,
        p_title: "T",
        p_summary: "S",
        p_proposal: { payloads: [] },
        p_search_id: search,
        p_agent_run_id: run,
      });
    const run = async () => {
      const [row] = await desk().service.rows<{ id: string }>(
        "insert into agent_runs (agent, agent_version, purpose, model, prompt, search_id) values ('sourcing-agent', 'v', 'p', 'm', 'p', $1) returning id",
        [search],
      );
      return row?.id ?? "";
    };
    const first = await propose(1, await run());
    await desk().operator.call("decide_approval", {
      p_id: first.id,
      p_decision: "request_changes",
      p_content_hash: first.content_hash,
      p_feedback: "add Orange County",
      p_agent: "sourcing-agent",
    });
    const [said] = await desk().db.query<{ id: string }>(
      "select id from agent_feedback where approval_id = $1",
      [first.id],
    );
    const feedback = said?.id ?? "";
    const other = await add({ words: "another time's words" });
    const revised = await run();
    for (const id of [feedback, other])
      await desk().service.rows("insert into agent_run_learnings values ($1, $2, 'a line')", [revised, id]);
    await propose(2, revised);
    if (adjustment !== null)
      await desk().service.call("note_adjustment", { p_approval_id: first.id, p_adjustment: adjustment });
    return { run: revised, feedback, other };
  }

  it.each([
    ["Core: Markets: LA → LA, OC", true],
    ["nothing was changed", false],
    [null, false],
  ])("say of the revision they asked for whether it shows: %s", async (adjustment, applied) => {
    const { run, feedback, other } = await revise(adjustment);
    expect(await desk().operator.rows("select feedback_id, applied from run_learnings($1)", [run])).toEqual([
      { feedback_id: feedback, applied },
      { feedback_id: other, applied: null },
    ]);
    expect(await desk().operator.rows("select applied from learning_runs($1)", [feedback])).toEqual([
      { applied },
    ]);
  });
});

describe("Words about a campaign", () => {
  it("are measured by how many wrote back, fourteen days after its first mail, against the desk's others", async () => {
    const reach = (campaign: string, delivered: number, replied: number, daysAgo: number) =>
      desk().db.query(
        `update enrollments e set first_sent_at = now() - make_interval(days => $4), replied_at = case when x.n <= $3 then now() end
           from (select id, row_number() over (order by id) as n from enrollments where campaign_id = $1) x where x.id = e.id and x.n <= $2`,
        [campaign, delivered, replied, daysAgo] as never,
      );
    const before = await runCampaign(desk(), { count: 10 });
    await reach(before.campaignId, 10, 1, 40);
    const now = await runCampaign(desk(), { count: 10 });
    const [search] = await desk().db.query<{ search_id: string }>(
      "select search_id from campaigns where id = $1",
      [now.campaignId],
    );
    const [said] = await desk().service.rows<{ id: string }>(
      "insert into agent_feedback (agent, checkpoint, words, search_id, author, created_at) values ('campaign-rules', 'campaign', 'shorter', $1, 'Dana', now() - interval '30 days') returning id",
      [search?.search_id ?? ""],
    );
    await reach(now.campaignId, 8, 2, 5);
    expect(await desk().service.call("measure_learnings", {})).toBe(0);
    await reach(now.campaignId, 8, 2, 15);
    expect(await desk().service.call("measure_learnings", {})).toBe(1);
    expect(await learning(said?.id ?? "")).toMatchObject({
      outcome: "wrote back: 1 of 10 → 2 of 8",
      effect_bps: 15_000,
    });
  });
});
