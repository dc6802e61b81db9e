/** What a routing did, as the audit row lists it under `did`; empty when it lists nothing. */
export function readDid(after: unknown): string[] {
  if (typeof after !== "object" || after === null || !("did" in after) || !Array.isArray(after.did))
    return [];
  return after.did.filter((item): item is string => typeof item === "string");
}
