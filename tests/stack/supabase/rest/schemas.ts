import { expect, it } from "vitest";
import { type Askers, rows } from "./rows";

const eq = (actual: unknown, expected: unknown) => expect(actual).toEqual(expected);

export function promiseSchemas(askers: () => Askers): void {
  const service = () => askers().service;

  it("exposed schema via .schema()", async () => {
    eq(rows(await service().schema("api2").from("things").select("*")), [{ id: 1, label: "one" }]);
  });
  it("unexposed schema -> 406 PGRST106", async () => {
    const r = await service().schema("auth").from("users").select("*");
    eq([r.status, r.error?.code], [406, "PGRST106"]);
  });
}
