import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { versionViewSchema } from "@/lib/agents/definitions";
import { learningViewSchema } from "@/lib/agents/learnings/list-learnings";
import { approvalFilterSchema } from "@/lib/approvals/list-approvals";
import { campaignFilterSchema } from "@/lib/campaigns/list-campaigns";
import { sendFilterSchema } from "@/lib/campaigns/list-sends";
import { keyColumns, planViewSchema } from "@/lib/campaigns/plan-view";
import { contactViewSchema } from "@/lib/contacts/contact-filters";
import { importViewSchema } from "@/lib/imports/load-import";
import { rowsQuerySchema } from "@/lib/metrics/rows-query";
import { metricsQuerySchema, readView } from "@/lib/metrics/view";
import { orderOf, replyViewSchema } from "@/lib/replies/reply-tabs";
import { agentViewSchema } from "@/lib/runs/agent-runs";
import { runViewSchema } from "@/lib/runs/run-views";
import { searchViewSchema } from "@/lib/searches/status-groups";
import { forecastViewSchema } from "@/lib/sending/forecast/page-of-forecast";
import { fitStart } from "@/lib/server/page-by-key";
import { readQuery } from "@/lib/server/read-query";
import { auditViewSchema } from "@/lib/settings/audit";
import { exclusionViewSchema } from "@/lib/settings/exclusions";

const SCHEMAS: Readonly<Record<string, z.ZodObject>> = {
  agentViewSchema,
  approvalFilterSchema,
  auditViewSchema,
  campaignFilterSchema,
  contactViewSchema,
  exclusionViewSchema,
  forecastViewSchema,
  importViewSchema,
  learningViewSchema,
  metricsQuerySchema,
  planViewSchema,
  replyViewSchema,
  rowsQuerySchema,
  runViewSchema,
  searchViewSchema,
  sendFilterSchema,
  versionViewSchema,
};

const ID = "3f0c7f3e-8f3f-4a53-9d86-0e6b6f7c1a11";
const hostile = fc.oneof(
  fc.constantFrom(
    "",
    "\0",
    "a\0b",
    "x".repeat(10_000),
    "__proto__",
    "constructor",
    "%",
    "'; drop table sends; --",
    "1),or(id.gt.0",
    "~",
    `2026-01-01~${"-".repeat(36)}`,
    `0000-01-01T00:00:00Z~${ID}`,
    `2026-02-30T00:00:00Z~${ID}`,
    `2026-01-01T00:00:00+23:59~${ID}`,
    `2026-01-01T00:00:00Z~${ID}`,
    "9".repeat(2_000),
    "9999-12-31",
    "0000-01-01",
    "-1",
    "1e999",
    ID,
  ),
  fc.string({ unit: "binary", maxLength: 200 }),
);
const values = fc.oneof(hostile, fc.array(hostile, { maxLength: 4 }), fc.constant(undefined));

function hostileQuery(schema: z.ZodObject): fc.Arbitrary<Record<string, string | string[] | undefined>> {
  const names = [...Object.keys(schema.shape), "__proto__", "constructor", "utm_source"];
  return fc.dictionary(fc.constantFrom(...names), values);
}

describe("Whatever stands in an address", () => {
  it.each(Object.entries(SCHEMAS))(
    "is read without an error, and means something to the page: %s",
    async (_, schema) => {
      await fc.assert(
        fc.asyncProperty(hostileQuery(schema), async (query) => {
          const read = await readQuery(Promise.resolve(query), schema);
          expect(Object.keys(schema.shape)).toEqual(expect.arrayContaining(Object.keys(read)));
          expect(JSON.stringify(read)).not.toContain("\\u0000");
          // What was read is a whole view: read again it is the same.
          expect(schema.parse(read)).toEqual(read);
        }),
      );
    },
  );

  const schema = z.object({ q: z.string().max(20).default(""), page: z.coerce.number().optional() });

  it("counts once where it was repeated", async () => {
    expect(await readQuery({ q: ["a", "b"] }, schema)).toEqual({ q: "a" });
  });

  it("is as good as not there when it is empty", async () => {
    expect(await readQuery({ q: "", page: "" }, schema)).toEqual({ q: "" });
  });

  it("spoils no other field", async () => {
    expect(await readQuery({ q: "x".repeat(21), page: "3" }, schema)).toEqual({ q: "", page: 3 });
  });

  it("begins no list at a place the database would refuse to look for", async () => {
    await fc.assert(
      fc.asyncProperty(hostileQuery(planViewSchema), async (query) => {
        const view = await readQuery(query, planViewSchema);
        for (const columns of [keyColumns(view), orderOf("for_you"), orderOf("all")])
          for (const cursor of Object.values(fitStart(view, columns))) {
            const parts = String(cursor).split("~");
            expect(parts).toHaveLength(columns.length);
            expect(z.uuid().safeParse(parts.at(-1)).success).toBe(true);
          }
      }),
    );
    for (const after of [
      `2026-02-30T00:00:00Z~${ID}`,
      `0000-01-01T00:00:00Z~${ID}`,
      `x~${ID}`,
      "2026-01-01T00:00:00Z~1",
    ])
      expect(fitStart({ after }, orderOf("all"))).toEqual({});
    const after = `2026-11-23T07:55:00.123456+00:00~${ID}`;
    expect(fitStart({ after }, orderOf("all"))).toEqual({ after });
    expect(fitStart({ after: `1~${after}` }, orderOf("mine"))).toEqual({ after: `1~${after}` });
    expect(fitStart({ after: `one~${after}` }, orderOf("mine"))).toEqual({});
  });

  it("asks the metrics only for days that every calendar has", async () => {
    await fc.assert(
      fc.asyncProperty(hostileQuery(metricsQuerySchema), async (query) => {
        const { from, to } = readView(await readQuery(query, metricsQuerySchema), "2026-11-23");
        expect(`${from} ${to}`).toMatch(/^(?:18|19|2\d)\d\d-\d\d-\d\d (?:19|2\d)\d\d-\d\d-\d\d$/);
      }),
    );
  });
});

describe("The pages of the console", () => {
  it("read their address through the one reader", () => {
    const root = path.resolve(import.meta.dirname, "../../../app");
    const readers = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("page.tsx"))
      .map((file) => [file, readFileSync(path.join(root, file), "utf8")] as const)
      .filter(([, text]) => text.includes("searchParams"));
    expect(readers.length).toBeGreaterThanOrEqual(25);
    for (const [file, text] of readers) {
      // Named in the props and their type, and otherwise only handed to the reader.
      const others = text
        .replaceAll(/readQuery\(searchParams, \w+\)/g, "")
        .replace(
          /\{ (?:params, )?searchParams \}(?:: \{ searchParams: PageQuery \})?|^ {2}searchParams(?:,|: PageQuery;)$/gm,
          "",
        )
        .replace("searchParams: PageQuery", "");
      expect(others, file).not.toContain("searchParams");
      expect(text, file).toMatch(/readQuery\(searchParams, \w+\)/);
    }
  });
});
