import { DownloadIcon } from "lucide-react";
import type { Metadata } from "next";
import { LookupImport } from "@/components/criteria/lookup-import";
import { LookupNames } from "@/components/criteria/lookup-names";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { Button } from "@/components/ui/button";
import { loadLookupSet } from "@/lib/criteria/lookup-set";
import { requireOperator } from "@/lib/server/operator";
import { importLookups, previewLookups } from "./actions";

export const metadata: Metadata = { title: "Lookups" };

const KINDS = [
  ["market", "Markets"],
  ["property_type", "Property types"],
  ["owner_type", "Owner types"],
] as const;

/** What CoStar calls things, as far as this desk knows it; a search names nothing else. */
export default async function LookupsPage() {
  const { db } = await requireOperator();
  const { items } = await loadLookupSet(db);
  const active = items.filter((item) => !item.retired);
  const sayItem = ({ name, id, marketFilter }: (typeof items)[number]) =>
    `${name} (${id})${marketFilter ? "" : ", by area only"}`;
  return (
    <>
      <PageHeader
        title="Lookups"
        description="The markets and types a search may name, by name or by CoStar’s id. Anything else is refused before CoStar is asked. A starter set is here; import the full list of your account."
        actions={
          <>
            <Button asChild variant="outline">
              <a href="/api/lookups?as=csv" download>
                <DownloadIcon /> CSV
              </a>
            </Button>
            <Button asChild variant="outline">
              <a href="/api/lookups?as=json" download>
                <DownloadIcon /> JSON
              </a>
            </Button>
          </>
        }
      />
      <Section title="Import" frame="card">
        <LookupImport onPreview={previewLookups} onApply={importLookups} />
      </Section>
      <Section title="Known now">
        <div className="grid gap-2">
          {KINDS.map(([kind, title]) => (
            <LookupNames
              key={kind}
              title={title}
              names={active.filter((item) => item.kind === kind).map(sayItem)}
              open={false}
            />
          ))}
          <LookupNames
            title="Retired"
            names={items.filter((item) => item.retired).map(sayItem)}
            open={false}
          />
        </div>
      </Section>
    </>
  );
}
