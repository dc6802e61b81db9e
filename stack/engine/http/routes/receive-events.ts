import { RequestError } from "../../errors";
import { ingest } from "../../events/ingest";
import { readEvents } from "../../events/read-events";
import type { Route } from "../route";

export const receiveEvents: readonly Route[] = [
  {
    method: "POST",
    path: "/e/:key",
    access: "event-key",
    errors: "events",
    handle: async (request, { ledger, eventKey }) => {
      if (eventKey !== undefined && request.param("key") !== eventKey)
        throw new RequestError(401, "Event key not found", "invalid_event_key");
      const seed = request.headers["x-inngest-event-id-seed"];
      const { events, error } = readEvents(
        request.body,
        typeof seed === "string" ? seed : undefined,
        ledger.core.settings.clock.now(),
      );
      if (events.length > 0) await ledger.submit((unit) => ingest(unit, events, seed !== undefined));
      const ids = events.map((event) => event.id);
      if (error !== undefined) return { status: 400, body: { ids: [...ids, ""], status: 400, error } };
      return { body: { ids, status: 200 } };
    },
  },
];
