import { expect, vi } from "vitest";
import { makeWorkbook } from "../../unit/imports/make-workbook";
import type { Desk } from "./desk";
import { PATIENCE, type SearchDriver } from "./drive-searches";

const HEADERS = ["Property Address", "City", "State", "Owner", "Contact", "Job Title", "Correo"];
export const MAPPING = {
  address: "Property Address",
  city: "City",
  state: "State",
  company: "Owner",
  contactName: "Contact",
  title: "Job Title",
  email: "Correo",
};
export const rowsOf = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const title = number % 4 === 0 ? "Broker" : "Owner";
    return [
      `${number} Elm St`,
      "Denver",
      "CO",
      `Elm ${number} LLC`,
      `Ann Lee${number}`,
      title,
      `ann${number}@elm.example`,
    ];
  });

/** What a person does with exports, on a desk without pages. */
export function driveImports(desk: Desk, { startSearch, decide, until }: SearchDriver) {
  /** An uploaded export of which a person said which column is what, checked row by row by the engine. */
  async function checkedImport(
    searchId: string,
    rows: readonly string[][],
  ): Promise<{ id: string; checkNo: number }> {
    const [{ receiveImport }, { mapImport }] = await Promise.all([
      import("@/lib/imports/receive-import"),
      import("@/lib/imports/map-import"),
    ]);
    const file = { name: "export.xlsx", bytes: makeWorkbook([HEADERS, ...rows]) };
    const id = await receiveImport(desk.db, searchId, file);
    await mapImport(desk.db, id, MAPPING);
    return { id, checkNo: await checked(id) };
  }

  async function checked(importId: string): Promise<number> {
    await desk.send("import/mapped", { importId });
    return vi.waitFor(async () => {
      const { data } = await desk.db.from("imports").select("status, check_no").eq("id", importId).single();
      if (data?.status !== "ready") throw new Error(`the import is ${data?.status}`);
      return data.check_no;
    }, PATIENCE);
  }

  /** A search whose extraction stopped because nobody tapped the phone. */
  async function stoppedSearch(name: string): Promise<{ searchId: string; extractionId: string }> {
    const { disconnectCoStar } = await import("@/lib/costar/browser-session");
    await disconnectCoStar("expired");
    const searchId = await startSearch(name, "Dallas-Fort Worth");
    await decide(searchId, "extraction", {});
    return until(searchId, async () => {
      const { data } = await desk.db
        .from("extractions")
        .select("id, status")
        .eq("search_id", searchId)
        .single();
      if (data?.status !== "stopped") throw new Error(`the extraction is ${data?.status}`);
      return { searchId, extractionId: data.id };
    });
  }

  async function startImport(id: string, checkNo: number, extractionId: string): Promise<void> {
    const { startImport: start } = await import("@/lib/imports/start-import");
    expect((await start(desk.db, id, checkNo)).outcome).toBe("started");
    await desk.send("extraction/answered", { extractionId });
  }

  return { checkedImport, checked, stoppedSearch, startImport };
}
