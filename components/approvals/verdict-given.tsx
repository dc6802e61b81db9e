import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Time } from "@/components/words/time";

const WORDS: Readonly<Record<string, string>> = {
  agree: "agreed with it",
  would_change: "would have changed it",
  would_reject: "would have rejected it",
};

interface VerdictGivenProps {
  readonly verdict: string;
  readonly by: string | null;
  readonly at: string | null;
  readonly words: string | null;
}

/** What somebody said when they looked back. */
export function VerdictGiven({ verdict, by, at, words }: VerdictGivenProps) {
  return (
    <Alert variant={verdict === "agree" ? "positive" : "attention"} className="mb-6">
      <AlertTitle>
        Looked back: {by ?? "somebody"} {WORDS[verdict] ?? verdict} <Time iso={at} />
      </AlertTitle>
      {words && (
        <AlertDescription>
          <p>“{words}”</p>
        </AlertDescription>
      )}
    </Alert>
  );
}
