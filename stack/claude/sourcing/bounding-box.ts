import type { CoStarPayload } from "@/lib/criteria/payload";
import { MARKET_AREAS } from "../../costar-site/market/market-areas";

/** The box around a market, for property types that take no market filter; undefined for markets not known here. */
export function boundingBoxOf(marketId: number): CoStarPayload["0"]["BoundingBox"] {
  const area = MARKET_AREAS.find(({ id }) => id === marketId);
  if (!area) return undefined;
  return {
    UpperLeft: {
      Latitude: degrees(area.latitude + area.halfHeight),
      Longitude: degrees(area.longitude - area.halfWidth),
    },
    LowerRight: {
      Latitude: degrees(area.latitude - area.halfHeight),
      Longitude: degrees(area.longitude + area.halfWidth),
    },
  };
}

function degrees(value: number): number {
  return Number(value.toFixed(4));
}
