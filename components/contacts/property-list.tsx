import { formatCount } from "@/components/words/numbers";

export type PropertyView = {
  id: string;
  address: string;
  city: string | null;
  state: string | null;
  type: string | null;
  buildingSf: number | null;
  yearBuilt: number | null;
};

/** What the contact's company owns, as far as searches found it. */
export function PropertyList({ properties }: { properties: readonly PropertyView[] }) {
  return (
    <ul className="divide-y">
      {properties.map((property) => (
        <li key={property.id} className="grid px-4 py-2">
          <span className="break-words">
            {[property.address, property.city, property.state].filter(Boolean).join(", ")}
          </span>
          <span className="text-xs text-muted-foreground tabular-nums">
            {[
              property.type,
              property.buildingSf && `${formatCount(property.buildingSf)} SF`,
              property.yearBuilt && `built ${property.yearBuilt}`,
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}
