import { getCookie } from "hono/cookie";
import { z } from "zod";
import { answerJson } from "../http/answers";
import { rateLimit } from "../http/rate-limit";
import { readJson } from "../http/read-body";
import type { Route, Site, SiteContext } from "../http/route";
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
export function addSearch(site: Site, { market, signIns, now }: SiteContext): void {
  const mayPass = rateLimit(REQUESTS_PER_SECOND, 1_000, now);
  const behindSession =
    (answer: (body: unknown) => object): Route =>
    async (context) => {
      if (signIns.sessionEnd(getCookie(context, SESSION_COOKIE) ?? null) === null)
        throw new SiteError(401, "no session; please sign in");
      if (!mayPass()) return answerJson(429, { error: "too many requests" }, { "retry-after": "1" });
      return answerJson(200, answer(await readJson(context.env.incoming)));
    };
  const search = (body: unknown) => {
    const payload = readPayload(body);
    return { payload, found: market.properties.filter((property) => matchesPayload(property, payload["0"])) };
  };
  site.post(
    "/bff2/property/search/list-properties",
    behindSession((body) => {
      const { payload, found } = search(body);
      const start = (payload["2"] - 1) * payload["1"];
      const rows = found.slice(start, start + payload["1"]);
      return { totalCount: found.length, properties: rows.map(listedProperty) };
    }),
  );
  site.post(
    "/bff2/property/search/count",
    behindSession((body) => ({ counts: { properties: search(body).found.length } })),
  );
  site.post(
    "/graphql",
    behindSession((body) => {
      const request = contactsRequest.safeParse(body);
      if (!request.success)
        throw new SiteError(400, z.prettifyError(request.error), { cause: request.error });
      const { propertyId } = request.data.variables;
      const property = market.byId.get(propertyId);
      if (property) return { data: contactsDetail(property) };
      return { data: null, errors: [{ message: `there is no property ${propertyId}` }] };
    }),
  );
}
