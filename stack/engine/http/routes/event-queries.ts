import { RequestError } from "../../errors";
import { findEvent, listEvents } from "../../queries/events";
import { runViewV1, runViewV2 } from "../../queries/run-view";
import { runsOfEvent } from "../../queries/runs";
import { readLimit, v1, v2 } from "../envelope";
import type { Route } from "../route";

export const eventQueries: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/events",
    access: "signing-key",
    handle: async ({ query }, { ledger }) => {
      const limit = readLimit(query, 20, 100);
      const { data, page } = await listEvents(ledger.core.db, {
        limit,
        name: query.get("name"),
        cursor: query.get("cursor"),
        receivedAfter: query.get("received_after"),
      });
      return { body: v1(ledger, data, page) };
    },
  },
  {
    method: "GET",
    path: "/v1/events/:eventId",
    access: "signing-key",
    handle: async (request, { ledger }) => {
      const event = await findEvent(ledger.core.db, request.param("eventId"));
      if (!event) throw new RequestError(404, "Event not found", "not_found");
      return { body: v1(ledger, event) };
    },
  },
  {
    method: "GET",
    path: "/v1/events/:eventId/runs",
    access: "signing-key",
    handle: async (request, { ledger }) => {
      const runs = await runsOfEvent(ledger.core.db, request.param("eventId"));
      return {
        body: v1(
          ledger,
          runs.map((run) => runViewV1(ledger.core, run)),
        ),
      };
    },
  },
  {
    method: "GET",
    path: "/api/v2/events/:eventId/runs",
    access: "signing-key",
    errors: "v2",
    handle: async (request, { ledger }) => {
      const withOutput = request.query.get("includeOutput") === "true";
      const runs = await runsOfEvent(ledger.core.db, request.param("eventId"));
      const page = { hasMore: false, limit: runs.length };
      return {
        body: v2(
          ledger,
          runs.map((run) => runViewV2(ledger.core, run, withOutput)),
          page,
        ),
      };
    },
  },
];
