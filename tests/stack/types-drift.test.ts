import fs from "node:fs";
import { expect, test } from "vitest";
import { typesOfMigrations } from "@/stack/supabase/schema-types";

test("the checked-in database types are those of the migrations", async () => {
  const expected = await typesOfMigrations("supabase/migrations");
  expect(fs.readFileSync("lib/server/database.types.ts", "utf8") === expected, "run `npm run types`").toBe(
    true,
  );
});
