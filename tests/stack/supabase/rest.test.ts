import { afterAll, beforeAll, describe } from "vitest";
import { ENGINES, type Project, startProject } from "./project/start-project";
import { promiseEmbeds } from "./rest/embeds";
import { promiseErrors } from "./rest/errors";
import { promiseFilters } from "./rest/filters";
import { promiseFunctions } from "./rest/functions";
import { promiseProductQueries } from "./rest/product-queries";
import { promiseRowSecurity } from "./rest/row-security";
import type { Askers } from "./rest/rows";
import { promiseSchemas } from "./rest/schemas";
import { promiseSelect } from "./rest/select";
import { promiseWrites } from "./rest/writes";

describe.each(ENGINES)("supabase-js over HTTP on %s", (engine) => {
  let project: Project;
  let askers: Askers;
  beforeAll(async () => {
    project = await startProject(engine);
    const ada = await project.signIn("ada@example.com");
    const bob = await project.signIn("bob@example.com");
    askers = { ...project, ada: ada.client, bob: bob.client };
  });
  afterAll(() => project?.stop());

  describe("A filter selects exactly the rows it describes", () => promiseFilters(() => askers));
  describe("Columns, order and pages come as asked", () => promiseSelect(() => askers));
  describe("Related rows are embedded as asked", () => promiseEmbeds(() => askers));
  describe("The console's own kinds of query hold", () => promiseProductQueries(() => askers));
  describe("Writes do what was asked and say what they did", () => promiseWrites(() => askers));
  describe("An error has the status and code PostgREST gives it", () => promiseErrors(() => askers));
  describe("Nobody sees or changes what row security hides", () => promiseRowSecurity(() => askers));
  describe("Functions are called with their arguments", () => promiseFunctions(() => askers));
  describe("Only exposed schemas can be reached", () => promiseSchemas(() => askers));
});
