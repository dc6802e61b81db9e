import { z } from "zod";
import { type CoStarPayload, costarPayloadSchema } from "@/lib/criteria/payload";
import { SiteError } from "../http/site-error";
import { MARKET_AREAS } from "../market/market-areas";
import { OWNER_TYPE_WEIGHTS, PROPERTY_KINDS } from "../market/property-kinds";

const MARKETS = new Set(MARKET_AREAS.map((area) => area.id));
const TYPES = new Map(PROPERTY_KINDS.map((kind) => [kind.id, kind]));
const OWNER_TYPES = new Set(OWNER_TYPE_WEIGHTS.map(([id]) => id));

/** @throws {SiteError} 400 for a payload of the wrong shape, an id nobody knows, or a filter that cannot be honoured. */
export function readPayload(body: unknown): CoStarPayload {
  const parsed = costarPayloadSchema.safeParse(body);
  if (!parsed.success) throw new SiteError(400, z.prettifyError(parsed.error), { cause: parsed.error });
  const filter = parsed.data["0"];
  const types = filter.Property.PropertyTypes;
  refuseUnknown("property type", types, (id) => TYPES.has(id));
  refuseUnknown("owner type", filter.Property.OwnerTypes ?? [], (id) => OWNER_TYPES.has(id));
  refuseUnknown("market", filter.Geography?.Filter.Ids ?? [], (id) => MARKETS.has(id));
  if (filter.Geography) {
    const refused = types.filter((id) => TYPES.get(id)?.marketFilter === false);
    if (refused.length > 0) {
      throw new SiteError(400, `a market filter does not work with property type ${refused.join(", ")}`);
    }
  }
  if (filter.Property.Building?.PropertySubtypes?.length) {
    throw new SiteError(400, "the CoStar stand-in has no property subtypes");
  }
  return parsed.data;
}

function refuseUnknown(what: string, ids: readonly number[], isKnown: (id: number) => boolean): void {
  const unknown = ids.filter((id) => !isKnown(id));
  if (unknown.length > 0) throw new SiteError(400, `unknown ${what} id: ${unknown.join(", ")}`);
}
