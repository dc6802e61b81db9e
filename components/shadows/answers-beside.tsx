import { JsonView } from "@/components/runs/json-view";

interface Side {
  readonly title: string;
  readonly value: unknown;
}

/** Two answers to the same input. */
export function AnswersBeside({ one, other }: { one: Side; other: Side }) {
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      {[one, other].map((side) => (
        <div key={side.title} className="min-w-0">
          {side.value === null || side.value === undefined ? (
            <p className="rounded-md border px-3 py-2 text-muted-foreground">
              {side.title}: nothing that could be used.
            </p>
          ) : (
            <JsonView title={side.title} value={side.value} open />
          )}
        </div>
      ))}
    </div>
  );
}
