import { KeyValueList } from "@/components/shell/key-value-list";
import { Section } from "@/components/shell/section";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { BuyerCriteria } from "@/lib/criteria/criteria";
import { describeCriteria } from "@/lib/criteria/describe-criteria";
import type { Lookups } from "@/lib/criteria/lookups";

type CriteriaPreviewProps = {
  source: string | null;
  criteria: BuyerCriteria;
  unused: readonly string[];
  lookups: Lookups;
};

/** What a file asks for, in words, before anything starts. */
export function CriteriaPreview({ source, criteria, unused, lookups }: CriteriaPreviewProps) {
  return (
    <Section
      title={criteria.criteria.name}
      description={`${source ?? "The text"} is good. This is what it asks for:`}
      frame="card"
      className="mb-0"
    >
      <KeyValueList
        items={describeCriteria(criteria, lookups).map(({ label, value }) => ({
          key: label,
          value: <span className="whitespace-pre-line">{value}</span>,
        }))}
      />
      {unused.length > 0 && (
        <Alert variant="attention" className="mt-4">
          <AlertTitle>Not understood, and left out</AlertTitle>
          <AlertDescription>
            <p className="break-words">
              {unused.map((path, index) => (
                <span key={path}>
                  {index > 0 && ", "}
                  <code className="text-xs">{path}</code>
                </span>
              ))}
              . Is one of them misspelt?
            </p>
          </AlertDescription>
        </Alert>
      )}
    </Section>
  );
}
