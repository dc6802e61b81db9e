import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { FieldProblem } from "@/lib/criteria/check-criteria";
import { sayProblem } from "@/lib/criteria/say-problem";

/** Everything that is wrong with a file, each with the place it is at. */
export function ProblemList({
  source,
  problems,
}: {
  source: string | null;
  problems: readonly FieldProblem[];
}) {
  return (
    <Alert variant="danger">
      <AlertTitle>
        {problems.length === 1 ? "One thing needs" : `${problems.length} things need`} another look
        {source && ` in ${source}`}
      </AlertTitle>
      <AlertDescription>
        <ul className="grid gap-1.5">
          {problems.map(({ path, message }) => (
            <li key={`${path} ${message}`} className="break-words">
              <code className="rounded-sm bg-card px-1 text-xs">{path}</code> {sayProblem(message)}
            </li>
          ))}
        </ul>
        <p>Nothing was stored. Mend the file and choose it again, or change it above.</p>
      </AlertDescription>
    </Alert>
  );
}
