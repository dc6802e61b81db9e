import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readStatus, STATUS_WORDS, type StatusOf } from "@/components/words/status-words";

const folder = path.resolve(import.meta.dirname, "../../../supabase/schemas");
const sql = readdirSync(folder)
  .map((file) => readFileSync(path.join(folder, file), "utf8"))
  .join("\n");

function readStatuses(table: string, column = "status"): string[] {
  const body = sql.split(`create table public.${table} (`)[1]?.split("\n);")[0] ?? "";
  const check = body.match(new RegExp(`check \\(${column} in \\(([^)]*)\\)`))?.[1] ?? "";
  return [...check.matchAll(/'(\w+)'/g)].map(([, status = ""]) => status);
}

const HOLDERS: [of: StatusOf, table: string, column?: string][] = [
  ["search", "searches"],
  ["approval", "approval_queue"],
  ["campaign", "campaigns"],
  ["enrollment", "enrollments"],
  ["send", "sends"],
  ["reply", "synced_emails"],
  ["extraction", "extractions"],
  ["import", "imports"],
  ["run", "agent_runs"],
  ["shadow", "agent_shadows"],
  ["agents", "agent_circuit"],
  ["mailbox", "mailboxes"],
  ["task", "tasks"],
];

describe("every status the database can hold has words a person understands", () => {
  test.each(HOLDERS)("%s", (of, table, column) => {
    const statuses = readStatuses(table, column);
    expect(statuses.length).toBeGreaterThan(1);
    expect(Object.keys(STATUS_WORDS[of])).toEqual(expect.arrayContaining(statuses));
  });

  test("each category of a reply", () => {
    const rows = sql.split("insert into public.routing_rules")[1]?.split(";\n")[0] ?? "";
    const categories = [...rows.matchAll(/^ {2}\('(\w+)'/gm)].map(([, category = ""]) => category);
    expect(categories.length).toBeGreaterThan(10);
    expect(Object.keys(STATUS_WORDS.category)).toEqual(expect.arrayContaining(categories));
  });

  test("one it has not heard of is shown as it is spelled, never dropped", () => {
    expect(readStatus("send", "held_back")).toMatchObject({ text: "Held back", tone: "neutral" });
  });
});
