import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { readCookie, sendJson } from "../http/answers";
import { rateLimit } from "../http/rate-limit";
import { readJson } from "../http/read-body";
import type { Route, RouteTable, SiteContext } from "../http/route";
import { SiteError } from "../http/site-error";
import { REQUESTS_PER_SECOND } from "../options";
import { SESSION_COOKIE } from "../sign-in/sign-in-routes";
import { contactsDetail, listedProperty } from "./describe-property";
import { matchesPayload } from "./match-property";
import { readPayload } from "./read-payload";

const contactsRequest = z.object({
  operationName: z.literal("ContactsDetail"),
  query: z.string().min(1),
  variables: z.object({ propertyId: z.number().int() }),
});

/** The three JSON endpoints a signed-in page uses. */
export function searchRoutes({ market, signIns, now }: SiteContext): RouteTable {
  const mayPass = rateLimit(REQUESTS_PER_SECOND, 1_000, now);
  const behindSession =
    (answer: (body: unknown, response: ServerResponse) => void): Route =>
    async (request: IncomingMessage, response) => {
      if (signIns.sessionEnd(readCookie(request, SESSION_COOKIE)) === null) {
        throw new SiteError(401, "no session; please sign in");
      }
      if (!mayPass()) return sendJson(response, 429, { error: "too many requests" }, { "retry-after": "1" });
      answer(await readJson(request), response);
    };
  return {
    "POST /bff2/property/search/list-properties": behindSession((body, response) => {
      const payload = readPayload(body);
      const found = market.properties.filter((property) => matchesPayload(property, payload["0"]));
      const start = (payload["2"] - 1) * payload["1"];
      const rows = found.slice(start, start + payload["1"]);
      sendJson(response, 200, { totalCount: found.length, properties: rows.map(listedProperty) });
    }),
    "POST /bff2/property/search/count": behindSession((body, response) => {
      const payload = readPayload(body);
      const found = market.properties.filter((property) => matchesPayload(property, payload["0"]));
      sendJson(response, 200, { counts: { properties: found.length } });
    }),
    "POST /graphql": behindSession((body, response) => {
      const request = contactsRequest.safeParse(body);
      if (!request.success) {
        throw new SiteError(400, z.prettifyError(request.error), { cause: request.error });
      }
      const { propertyId } = request.data.variables;
      const property = market.byId.get(propertyId);
      if (property) return sendJson(response, 200, { data: contactsDetail(property) });
      sendJson(response, 200, { data: null, errors: [{ message: `there is no property ${propertyId}` }] });
    }),
  };
}
