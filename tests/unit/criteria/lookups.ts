import type { Lookups } from "@/lib/criteria/lookups";

const lookup = (id: number, name: string, marketFilter = true) => ({ id, name, marketFilter });

/** A few of the starter lookups. */
export const LOOKUPS: Lookups = {
  markets: [lookup(825, "Inland Empire"), lookup(130, "Orange County"), lookup(159, "Austin")],
  propertyTypes: [lookup(2, "Industrial"), lookup(5, "Office"), lookup(7, "Flex", false)],
  ownerTypes: [lookup(1, "Corporation")],
};
