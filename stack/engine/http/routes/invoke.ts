import { z } from "zod";
import { RequestError } from "../../errors";
import { makeEvent } from "../../events/read-events";
import { INVOKED } from "../../events/system-events";
import { startOne } from "../../flow/start-one";
import { newUlid } from "../../ids";
import type { Ledger } from "../../state/ledger";
import { v2 } from "../envelope";
import { parseJson } from "../read-body";
import type { Route } from "../route";

const invocation = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  user: z.record(z.string(), z.unknown()).nullish(),
});

export const invoke: readonly Route[] = [
  {
    method: "POST",
    path: "/invoke/:slug",
    access: "signing-key",
    handle: async (request, { ledger }) => {
      const { eventId } = await invokeBySlug(ledger, request.param("slug"), request.body);
      return { body: { id: eventId, status: 200 } };
    },
  },
  {
    method: "POST",
    path: "/api/v2/apps/:appId/functions/:name/invoke",
    access: "signing-key",
    errors: "v2",
    handle: async (request, { ledger }) => {
      const [app, name] = [request.param("appId"), request.param("name")];
      const slug = ledger.core.functions.bySlug(name) ? name : `${app}-${name}`;
      const { runId } = await invokeBySlug(ledger, slug, request.body);
      return { body: v2(ledger, { runId }) };
    },
  },
];

async function invokeBySlug(
  ledger: Ledger,
  slug: string,
  body: string,
): Promise<{ eventId: string; runId: string }> {
  const fn = ledger.core.functions.bySlug(slug);
  if (!fn) throw new RequestError(404, `could not find function with ID: ${slug}`, "not_found");
  const parsed = invocation.safeParse(parseJson(body));
  if (!parsed.success) throw new RequestError(400, z.prettifyError(parsed.error));
  const now = ledger.core.settings.clock.now();
  const event = makeEvent({
    id: newUlid(now),
    name: INVOKED,
    data: { ...parsed.data.data, _inngest: { fn_id: slug } },
    user: parsed.data.user,
    ts: now,
    now,
  });
  const scheduled = await ledger.submit(async (unit) => {
    unit.putEvent(event);
    return startOne(unit, fn, [event]);
  });
  if (!scheduled.run) throw new RequestError(409, scheduled.skipped, "function_skipped");
  return { eventId: event.id, runId: scheduled.run.run.id };
}
