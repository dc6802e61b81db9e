import { beforeEach, describe, expect, it } from "vitest";
import { addContacts, addSearch } from "./support/make-market";
import { openDesk } from "./support/open-desk";

const desk = openDesk();

interface Facts {
  readonly address?: string;
  readonly city?: string;
  readonly company?: string;
  readonly email?: string;
  readonly [field: string]: unknown;
}

let search = "";
beforeEach(async () => {
  search = await addSearch(desk());
});

async function askForExtraction(revision = 1): Promise<{ id: string; content_hash: string }> {
  return desk().service.row("propose", {
    p_run_key: `search:${search}`,
    p_checkpoint: "extraction",
    p_revision: revision,
    p_title: "Run",
    p_summary: "Run",
    p_proposal: { payloads: [] },
    p_search_id: search,
  });
}

async function upload(rows: readonly Facts[], searchId: string | null = search): Promise<string> {
  const id = await desk().operator.call<string>("open_import", {
    p_search_id: searchId,
    p_file_name: "export.csv",
    p_file_bytes: 100,
    p_file_hash: "hash",
    p_read_as: "CSV in UTF-8",
    p_headers: "{Address,Email}",
    p_headers_key: "key",
    p_header_row: 1,
  });
  await desk().operator.call("stage_import_rows", {
    p_id: id,
    p_rows: rows.map((_, index) => ({ row_no: index + 2, cells: [] })),
  });
  await desk().operator.call("map_import", { p_id: id, p_mapping: { address: "Address", email: "Email" } });
  return id;
}

const factsOf = (facts: Facts): Facts => ({
  city: "Ontario",
  state: "CA",
  contactName: "Ann Lee",
  firstName: "Ann",
  ...facts,
});
const checkRows = (id: string, rows: readonly Facts[], from = 1, checkNo = 1) =>
  desk().service.call<boolean>("check_import_rows", {
    p_id: id,
    p_check_no: checkNo,
    p_from: from === 1 ? 0 : from,
    p_to: from + rows.length,
    p_rows: rows.map((facts, index) => ({
      row_no: from + 1 + index,
      facts: factsOf(facts),
      skip: facts.address ? null : "no_address",
      no_contact: facts.email ? null : "no_email",
      notes: [],
    })),
  });
const finish = (id: string, checkNo = 1) =>
  desk().service.call<boolean>("finish_import_check", { p_id: id, p_check_no: checkNo });
const checked = (id: string) =>
  desk().db.query<{
    row_no: number;
    outcome: string;
    reason: string | null;
    detail: string | null;
    fills: string[];
  }>(
    "select row_no, outcome, reason, detail, fills from import_checks where import_id = $1 order by row_no",
    [id],
  );
async function ready(rows: readonly Facts[], searchId: string | null = search): Promise<string> {
  const id = await upload(rows, searchId);
  await checkRows(id, rows);
  await finish(id);
  return id;
}

/** An import under way, as the engine has it once a person started it. */
async function running(rows: readonly Facts[]): Promise<{ id: string; extraction: string }> {
  const approval = await askForExtraction();
  const id = await ready(rows);
  await desk().operator.call("start_import", { p_id: id, p_check_no: 1 });
  const extraction = await desk().service.call<string>("open_import_extraction", {
    p_search_id: search,
    p_approval_id: approval.id,
    p_import_id: id,
  });
  await desk().service.rows("update extractions set status = 'running' where id = $1", [extraction]);
  return { id, extraction };
}
const save = (extraction: string, limit: number) =>
  desk().service.call<string>("save_import_rows", { p_extraction_id: extraction, p_limit: limit });
const count = async (table: string) =>
  (await desk().db.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n;

const MANY = Array.from({ length: 10 }, (_, index) => ({
  address: `${Math.floor(index / 2)} Main St`,
  company: `Owner ${index % 3} LLC`,
  email: `owner${index}@x.test`,
}));

describe("Checking an export", () => {
  it("takes one property in any spelling for one, and one address in any case for one contact", async () => {
    const rows = [
      { address: "100 North Main Street", company: "Acme Holdings, L.L.C.", email: "Ann@Owner.test" },
      { address: "100 N. Main St", company: "ACME Holdings LLC", email: "bob@owner.test" },
      { address: "7 Oak Ave", company: "Acme Holdings Llc", email: "ann@owner.TEST" },
      { address: "100 n main st.", company: "Acme Holdings LLC", email: "ANN@owner.test" },
    ];
    const { id, extraction } = await running(rows);
    expect(await checked(id)).toMatchObject([
      { outcome: "create" },
      { outcome: "create" },
      { outcome: "property_only", reason: "duplicate_contact", detail: "2" },
      { outcome: "skip", reason: "duplicate_row", detail: "2" },
    ]);
    await save(extraction, 100);
    expect([await count("properties"), await count("companies"), await count("contacts")]).toEqual([2, 1, 2]);
  });

  it("keeps owners apart whose names have no Latin letter", async () => {
    const { extraction } = await running([
      { address: "1 A St", company: "株式会社", email: "a@x.test" },
      { address: "2 B St", company: "شركة", email: "b@x.test" },
      { address: "3 C St", company: "🏢🏢", email: "c@x.test" },
      { address: "4 D St", company: "Peña Group", email: "d@x.test" },
      { address: "5 E St", company: "PENA group", email: "e@x.test" },
    ]);
    await save(extraction, 100);
    expect(await count("companies")).toBe(4);
  });

  it("says what is known, what it would fill in, and what stays although the file says otherwise", async () => {
    await desk().service.rows(
      "insert into contacts (full_name, email, title, source) values ('Ann Lee', 'ann@x.test', 'Owner', 'costar')",
    );
    const rows = [
      { address: "1 A St", email: "Ann@x.test", title: "Director", phone: "909 555 0101" },
      { address: "2 B St", email: "new@x.test" },
    ];
    const id = await ready(rows);
    expect(await checked(id)).toMatchObject([{ outcome: "update", fills: ["phone"] }, { outcome: "create" }]);
    const [row] = await desk().db.query("select differences from import_checks where row_no = 2");
    expect(row).toEqual({ differences: [{ field: "title", ours: "Owner", file: "Director" }] });
    const [counts] = await desk().db.query("select counts from imports");
    expect(counts).toMatchObject({
      counts: { create: 1, update: 1, known: 0, differing: 1, newProperties: 2 },
    });
  });

  it("decides no row twice, whatever is repeated after a crash", async () => {
    const id = await upload(MANY);
    expect(await checkRows(id, MANY.slice(0, 4))).toBe(true);
    expect(await checkRows(id, MANY.slice(0, 4))).toBe(false);
    expect(await checkRows(id, MANY.slice(4), 5)).toBe(true);
    expect(await checked(id)).toHaveLength(10);
  });

  it("drops an answer that was made under other columns", async () => {
    const id = await upload(MANY);
    await desk().operator.call("map_import", { p_id: id, p_mapping: { address: "Email", email: "Address" } });
    expect(await checkRows(id, MANY, 1, 1)).toBe(false);
    expect(await finish(id, 1)).toBe(false);
    expect(await checked(id)).toHaveLength(0);
  });

  it("names contacts who are saved and never mailed", async () => {
    await desk().operator.call("exclude_address", {
      p_kind: "domain",
      p_value: "owner.test",
      p_reason: "asked",
    });
    await ready([{ address: "1 A St", email: "ann@owner.test" }]);
    expect(await desk().db.query("select notes from import_checks")).toEqual([{ notes: ["excluded"] }]);
  });
});

describe("Saving an import", () => {
  it("creates nothing twice and loses nothing when it is cut off anywhere and run again", async () => {
    const { id, extraction } = await running(MANY);
    for (let round = 0; round < 5; round++) {
      await save(extraction, 3);
      // The process dies inside the next chunk: its transaction never commits, and the step is run again.
      const died = desk().service.transaction(async (session) => {
        await session.call("save_import_rows", { p_extraction_id: extraction, p_limit: 3 });
        throw new Error("killed");
      });
      await expect(died).rejects.toThrow("killed");
    }
    expect(await save(extraction, 3)).toBe("done");
    expect([await count("properties"), await count("companies"), await count("contacts")]).toEqual([
      5, 3, 10,
    ]);
    expect([await count("search_properties"), await count("search_contacts")]).toEqual([5, 10]);
    expect(await desk().db.query("select applied_rows from imports where id = $1", [id])).toEqual([
      { applied_rows: 10 },
    ]);
    expect(await desk().db.query("select properties_found, contacts_found from extractions")).toEqual([
      { properties_found: 5, contacts_found: 10 },
    ]);
  });

  it("creates nothing twice when several workers are at it at once", async () => {
    const { extraction } = await running(MANY);
    const work = async () => {
      while ((await save(extraction, 2)) === "more");
    };
    await Promise.all([work(), work(), work(), work()]);
    expect([await count("contacts"), await count("search_contacts"), await count("properties")]).toEqual([
      10, 10, 5,
    ]);
  });

  it("stops between chunks when it is cancelled, and keeps what is saved", async () => {
    const { extraction } = await running(MANY);
    await save(extraction, 4);
    await desk().operator.call("answer_extraction", { p_id: extraction, p_answer: "cancel" });
    expect(await save(extraction, 4)).toBe("cancelled");
    expect(await count("contacts")).toBe(4);
  });

  it("keeps file and row as the source of each, and overwrites nothing it knows", async () => {
    await desk().service.rows(
      "insert into contacts (full_name, email, source) values ('Ann Known', 'owner0@x.test', 'costar')",
    );
    const { extraction } = await running(MANY.map((row) => ({ ...row, title: "Director" })));
    await save(extraction, 100);
    expect(
      await desk().db.query(
        "select full_name, title, source from contacts where email in ('owner0@x.test', 'owner1@x.test') order by email",
      ),
    ).toEqual([
      { full_name: "Ann Known", title: "Director", source: "costar" },
      { full_name: "Ann Lee", title: "Director", source: "import: export.csv, row 3" },
    ]);
  });

  it("saves exactly what CoStar's own path saves of the same owners", async () => {
    const rows = MANY.map((row, index) => ({ ...row, address: `${index} Oak Street` }));
    const { extraction } = await running(rows);
    await save(extraction, 100);
    const market = async () =>
      desk().db.query(
        `select p.address_key, p.city, p.state, k.name_key, c.email_key, c.full_name, c.first_name
           from search_contacts s join contacts c on c.id = s.contact_id join properties p on p.id = s.property_id
           left join companies k on k.id = c.company_id order by c.email_key`,
      );
    const imported = await market();
    for (const table of ["search_contacts", "search_properties", "contacts", "properties", "companies"])
      await desk().db.query(`delete from ${table}`);
    await desk().service.rows(
      "insert into extraction_payloads (extraction_id, position, title, payload) values ($1, 9, 'All', '{}')",
      [extraction],
    );
    await desk().service.call("save_properties", {
      p_extraction_id: extraction,
      p_position: 9,
      p_next_page: 2,
      p_listed: true,
      p_rows: rows.map(({ address }) => ({ address, city: "Ontario", state: "CA", source: "costar" })),
    });
    for (const { address, company, email } of rows) {
      const [property] = await desk().db.query<{ id: string }>(
        "select id from properties where address = $1",
        [address],
      );
      await desk().service.call("save_owner", {
        p_extraction_id: extraction,
        p_property_id: property?.id,
        p_header: {},
        p_owner: { name: company },
        p_contacts: [{ fullName: "Ann Lee", firstName: "Ann", email }],
      });
    }
    expect(imported).toHaveLength(10);
    expect(await market()).toEqual(imported);
  });
});

describe("Where a file says something else than what is known", () => {
  const differing = [0, 1, 2].map((index) => ({
    address: `${index} Main St`,
    company: "Owner LLC",
    email: `owner${index}@x.test`,
    title: "Director",
    buildingSf: 9_000,
    phone: "909 555 0102",
  }));
  async function known(rows: readonly Facts[] = differing): Promise<string> {
    await desk().service.rows(
      "insert into companies (name, name_key, source) values ('Old Owner LLC', public.match_key('Old Owner LLC'), 'costar')",
    );
    for (const { email, address } of rows) {
      await desk().service.rows(
        `insert into contacts (full_name, email, title, phones, company_id, source)
         select 'Ann Lee', $1, 'Owner', '{909 555 0101,909 555 0199}', id, 'costar' from companies`,
        [email ?? ""],
      );
      await desk().service.rows(
        `insert into properties (address, address_key, city, state, building_sf, source)
         values ($1, public.match_key($1 || ' Ontario CA'), 'Ontario', 'CA', 8000, 'costar')`,
        [address ?? ""],
      );
    }
    return ready(rows);
  }
  const choose = (id: string, field: string, row: number, take: "ours" | "file") =>
    desk().operator.call("choose_import_value", { p_id: id, p_field: field, p_row: row, p_take: take });
  const differences = (id: string) => desk().operator.call("import_differences", { p_id: id });
  const titles = async () =>
    (await desk().db.query<{ title: string }>("select title from contacts order by email")).map(
      ({ title }) => title,
    );
  /** Starts what was chosen and saves all of it. */
  async function importAll(id: string): Promise<void> {
    const approval = await askForExtraction();
    const [row] = await desk().db.query<{ check_no: number }>("select check_no from imports");
    const started = { p_id: id, p_check_no: row?.check_no ?? 0 };
    expect(await desk().operator.call("start_import", started)).toMatchObject({ outcome: "started" });
    const opened = { p_search_id: search, p_approval_id: approval.id, p_import_id: id };
    const extraction = await desk().service.call<string>("open_import_extraction", opened);
    await desk().service.rows("update extractions set status = 'running' where id = $1", [extraction]);
    while ((await save(extraction, 2)) === "more");
  }

  it("what is known stays when nobody chose otherwise", async () => {
    const id = await known();
    expect(await differences(id)).toEqual(
      ["buildingSf", "company", "phone", "title"].map((field) => ({
        field,
        rows: 3,
        taken: 0,
        take: "ours",
      })),
    );
    await importAll(id);
    expect(await titles()).toEqual(["Owner", "Owner", "Owner"]);
  });

  it("the file's value is taken for a column or for one row, and each replaced value is on record", async () => {
    const id = await known();
    await choose(id, "title", 0, "file");
    await choose(id, "title", 3, "ours");
    await choose(id, "phone", 2, "file");
    await choose(id, "company", 0, "file");
    await choose(id, "buildingSf", 4, "file");
    expect(await differences(id)).toMatchObject([
      { field: "buildingSf", taken: 1, take: "ours" },
      { field: "company", taken: 3, take: "file" },
      { field: "phone", taken: 1, take: "ours" },
      { field: "title", taken: 2, take: "file" },
    ]);
    await importAll(id);
    expect(await titles()).toEqual(["Director", "Owner", "Director"]);
    expect(
      await desk().db.query(
        "select k.phones, o.name from contacts k join companies o on o.id = k.company_id order by email",
      ),
    ).toEqual([
      { phones: ["909 555 0102", "909 555 0199"], name: "Owner LLC" },
      { phones: ["909 555 0101", "909 555 0199"], name: "Owner LLC" },
      { phones: ["909 555 0101", "909 555 0199"], name: "Owner LLC" },
    ]);
    expect(await desk().db.query("select building_sf from properties order by address")).toEqual([
      { building_sf: 8000 },
      { building_sf: 8000 },
      { building_sf: 9000 },
    ]);
    const replaced = await desk().db.query(
      "select actor, before, after, why from audit_log where action = 'import.replaced' order by id",
    );
    expect(replaced).toHaveLength(7);
    expect(replaced).toContainEqual({
      actor: desk().operatorName,
      before: { title: "Owner" },
      after: { title: "Director" },
      why: "export.csv, row 4",
    });
    expect(
      await desk().db.query("select 1 from audit_log where action = 'import.chosen' and actor = $1", [
        desk().operatorName,
      ]),
    ).toHaveLength(5);
  });

  it("a choice for the column is for every row of it, whatever was chosen for one before", async () => {
    const id = await known();
    await choose(id, "title", 2, "file");
    await choose(id, "title", 0, "ours");
    await importAll(id);
    expect(await titles()).toEqual(["Owner", "Owner", "Owner"]);
  });

  it("a value somebody changed since it was shown stays as they made it", async () => {
    const id = await known();
    await choose(id, "title", 0, "file");
    await desk().db.query("update contacts set title = 'Trustee' where email = 'owner1@x.test'");
    await importAll(id);
    expect(await titles()).toEqual(["Director", "Trustee", "Director"]);
  });

  it("nobody who must not be contacted is moved away from the company that asked for it", async () => {
    const id = await known();
    await desk().db.query("update companies set do_not_contact_at = now() where name = 'Old Owner LLC'");
    await desk().operator.call("map_import", { p_id: id, p_mapping: { address: "Address", email: "Email" } });
    await checkRows(id, differing, 1, 2);
    await finish(id, 2);
    await expect(choose(id, "company", 2, "file")).rejects.toThrow(/must not be contacted/);
    await choose(id, "company", 0, "file");
    await importAll(id);
    expect(
      await desk().db.query("select distinct o.name from contacts k join companies o on o.id = k.company_id"),
    ).toEqual([{ name: "Old Owner LLC" }]);
  });

  it("is replaced whole or not at all when the import is cut off, and once when it is run again", async () => {
    const id = await known();
    await choose(id, "title", 0, "file");
    const { extraction } = await (async () => {
      const approval = await askForExtraction();
      await desk().operator.call("start_import", { p_id: id, p_check_no: 2 });
      const opened = { p_search_id: search, p_approval_id: approval.id, p_import_id: id };
      const extraction = await desk().service.call<string>("open_import_extraction", opened);
      await desk().service.rows("update extractions set status = 'running' where id = $1", [extraction]);
      return { extraction };
    })();
    const died = desk().service.transaction(async (session) => {
      await session.call("save_import_rows", { p_extraction_id: extraction, p_limit: 2 });
      throw new Error("killed");
    });
    await expect(died).rejects.toThrow("killed");
    expect(await titles()).toEqual(["Owner", "Owner", "Owner"]);
    while ((await save(extraction, 2)) === "more");
    expect(await titles()).toEqual(["Director", "Director", "Director"]);
    expect(await desk().db.query("select 1 from audit_log where action = 'import.replaced'")).toHaveLength(3);
  });

  it("is chosen only while the rows stand as they were checked, and an import starts only as it was seen", async () => {
    const id = await known();
    await askForExtraction();
    await choose(id, "title", 0, "file");
    expect(await desk().operator.call("start_import", { p_id: id, p_check_no: 1 })).toMatchObject({
      outcome: "changed",
    });
    await expect(choose(id, "zip", 2, "file")).rejects.toThrow(/nothing else than what is known/);
    await expect(choose(id, "email", 0, "file")).rejects.toMatchObject({ code: "23514" });
    await desk().operator.call("map_import", { p_id: id, p_mapping: { address: "Email", email: "Address" } });
    await expect(choose(id, "title", 0, "file")).rejects.toThrow(/between the check/);
    expect(await count("import_choices")).toBe(0);
  });
});

describe("Starting an import", () => {
  it("decides the extraction checkpoint, once, whoever else is at it", async () => {
    const approval = await askForExtraction();
    const id = await ready(MANY);
    const [mine, again, theirs] = await Promise.all([
      desk().operator.call<{ outcome: string }>("start_import", { p_id: id, p_check_no: 1 }),
      desk().operator.call<{ outcome: string }>("start_import", { p_id: id, p_check_no: 1 }),
      desk().operator.call<{ outcome: string }>("decide_approval", {
        p_id: approval.id,
        p_decision: "approve",
        p_content_hash: approval.content_hash,
      }),
    ]);
    const won = [mine.outcome === "started", again.outcome === "started", theirs.outcome === "decided"];
    expect(won.filter(Boolean)).toHaveLength(1);
    const [row] = await desk().db.query<{ status: string }>("select status from imports");
    expect(row?.status).toBe(won[2] ? "ready" : "used");
  });

  it("starts nothing when the rows were checked anew since they were seen", async () => {
    await askForExtraction();
    const id = await ready(MANY);
    await desk().operator.call("map_import", { p_id: id, p_mapping: { address: "Address", email: "Email" } });
    expect(await desk().operator.call("start_import", { p_id: id, p_check_no: 1 })).toMatchObject({
      outcome: "changed",
    });
  });

  it("takes the place of an extraction that stopped", async () => {
    const approval = await askForExtraction();
    await desk().service.rows(
      "insert into extractions (search_id, approval_id, status, reason) values ($1, $2, 'stopped', 'no tap')",
      [search, approval.id],
    );
    await desk().db.query(
      "update approval_queue set status = 'approved', decided_at = now(), decided_by = 'x' where id = $1",
      [approval.id],
    );
    const id = await ready(MANY);
    expect(await desk().operator.call("start_import", { p_id: id, p_check_no: 1 })).toMatchObject({
      outcome: "started",
    });
    expect(await desk().db.query("select status, reason, import_id from extractions")).toEqual([
      { status: "waiting", reason: null, import_id: id },
    ]);
  });

  it("makes a search of its own out of a file, with both decisions recorded as the operator's", async () => {
    const id = await ready(MANY, null);
    const { searchId } = await desk().operator.call<{ searchId: string }>("start_import_search", {
      p_id: id,
      p_check_no: 1,
      p_name: "From a file",
      p_buyer_name: "A buyer",
      p_criteria: {},
    });
    expect(await desk().db.query("select status, source from searches where id = $1", [searchId])).toEqual([
      { status: "awaiting_extraction", source: "import" },
    ]);
    expect(
      await desk().db.query(
        "select checkpoint, status, decided_by from approval_queue where search_id = $1 order by checkpoint",
        [searchId],
      ),
    ).toEqual([
      { checkpoint: "extraction", status: "approved", decided_by: desk().operatorName },
      { checkpoint: "sourcing", status: "approved", decided_by: "auto" },
    ]);
  });
});

describe("What is kept of a file", () => {
  it("is deleted when its time is over, but never while it is being saved", async () => {
    const { id, extraction } = await running(MANY);
    await save(extraction, 3);
    const inTwoMonths = "now() + interval '60 days'";
    await desk().service.rows(`select public.tidy_imports(${inTwoMonths})`);
    expect(await count("import_rows")).toBe(10);
    while ((await save(extraction, 3)) === "more");
    await desk().service.rows("update extractions set status = 'completed'");
    await desk().service.rows(`select public.tidy_imports(${inTwoMonths})`);
    expect([await count("import_rows"), await count("import_checks"), await count("contacts")]).toEqual([
      0, 0, 10,
    ]);
    expect(
      await desk().db.query("select status, rows_deleted_at is not null as gone from imports where id = $1", [
        id,
      ]),
    ).toEqual([{ status: "used", gone: true }]);
  });

  it("is gone at once when a person throws it away", async () => {
    const id = await upload(MANY);
    expect(await desk().operator.call("discard_import", { p_id: id })).toBe(true);
    expect(await count("import_rows")).toBe(0);
    await expect(desk().operator.call("map_import", { p_id: id, p_mapping: {} })).rejects.toThrow(
      /discarded/,
    );
  });

  it("does not change for contacts the desk had before", async () => {
    const [contact] = await addContacts(desk(), 1);
    const { extraction } = await running([{ address: "1 A St", email: contact?.email ?? "" }]);
    await save(extraction, 10);
    expect(await desk().db.query("select source from contacts")).toEqual([{ source: "costar" }]);
    expect(await desk().db.query("select contact_id from search_contacts")).toEqual([
      { contact_id: contact?.id },
    ]);
  });
});
