import { beforeEach, describe, expect, it } from "vitest";
import { addSearch } from "./support/make-market";
import { openDesk } from "./support/open-desk";

const desk = openDesk();
let extraction = "";

beforeEach(async () => {
  const search = await addSearch(desk());
  const approval = await desk().service.row<{ id: string }>("propose", {
    p_run_key: "search:1",
    p_checkpoint: "extraction",
    p_revision: 1,
    p_title: "Run",
    p_summary: "Run",
    p_proposal: {},
  });
  const [row] = await desk().service.rows<{ id: string }>(
    "insert into extractions (search_id, approval_id, status) values ($1, $2, 'running') returning id",
    [search, approval.id],
  );
  extraction = row?.id ?? "";
  await desk().service.rows(
    "insert into extraction_payloads (extraction_id, position, title, payload) values ($1, 1, 'All', '{}')",
    [extraction],
  );
});

const saveProperties = (...rows: ReadonlyArray<Record<string, unknown>>) =>
  desk().service.call<number>("save_properties", {
    p_extraction_id: extraction,
    p_position: 1,
    p_next_page: 2,
    p_listed: true,
    p_rows: rows.map((row) => ({ city: "Ontario", state: "CA", source: "costar", ...row })),
  });
const saveOwner = async (address: string, owner: unknown, contacts: unknown[]) => {
  const [property] = await desk().db.query<{ id: string }>("select id from properties where address = $1", [
    address,
  ]);
  return desk().service.call<number>("save_owner", {
    p_extraction_id: extraction,
    p_property_id: property?.id,
    p_header: {},
    p_owner: owner,
    p_contacts: contacts,
  });
};

describe("Saving what CoStar gives", () => {
  it("keeps a property once, over any number of pages and repeats", async () => {
    const property = { costar_property_id: 1, address: "100 Main St." };
    expect(await saveProperties(property, { ...property, address: "100 MAIN ST" })).toBe(1);
    expect(await saveProperties(property)).toBe(0);
    expect(await desk().db.query("select 1 from properties")).toHaveLength(1);
  });

  it("survives a property that one page lists under two addresses", async () => {
    await saveProperties(
      { costar_property_id: 7, address: "1 First St" },
      { costar_property_id: 7, address: "1 First Street" },
    );
    expect(await desk().db.query("select 1 from properties where costar_property_id = 7")).toHaveLength(1);
  });

  it("survives an owner that CoStar writes in two ways", async () => {
    await saveProperties(
      { costar_property_id: 1, address: "1 Main" },
      { costar_property_id: 2, address: "2 Main" },
    );
    await saveOwner("1 Main", { name: "Acme Holdings LLC", costarCompanyId: 5 }, []);
    await saveOwner("2 Main", { name: "Acme Holdings, L.L.C.", costarCompanyId: 5 }, []);
    expect(await desk().db.query("select name from companies")).toEqual([{ name: "Acme Holdings LLC" }]);
    expect(await desk().db.query("select distinct company_id is not null as owned from properties")).toEqual([
      { owned: true },
    ]);
  });

  it("survives a contact known once by address and once by CoStar's number", async () => {
    await saveProperties({ costar_property_id: 1, address: "1 Main" });
    await saveOwner("1 Main", {}, [
      { fullName: "Ann", email: "ann@owners.test" },
      { fullName: "Ann Lee", costarPersonId: 9 },
    ]);
    await saveOwner("1 Main", {}, [{ fullName: "Ann Lee", email: "Ann@owners.test", costarPersonId: 9 }]);
    expect(await desk().db.query("select 1 from contacts where email_key = 'ann@owners.test'")).toHaveLength(
      1,
    );
  });

  it("overwrites nothing it knows, and fills only blanks", async () => {
    await saveProperties({ costar_property_id: 1, address: "1 Main", building_sf: 1000 });
    await saveProperties({ costar_property_id: 1, address: "1 Main", building_sf: 2000, year_built: 1990 });
    expect(await desk().db.query("select building_sf, year_built from properties")).toEqual([
      { building_sf: 1000, year_built: 1990 },
    ]);
  });
});
