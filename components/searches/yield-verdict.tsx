import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { judgeContacts } from "@/lib/searches/judge-yield";

/** Whether a finished extraction found a good number of contacts, and what to do when it did not. */
export function YieldVerdict({ contacts }: { contacts: number }) {
  const { verdict, words, advice } = judgeContacts(contacts);
  if (!advice) return <p className="text-muted-foreground">{words}</p>;
  return (
    <Alert variant="attention" data-verdict={verdict}>
      <AlertTitle>{words}</AlertTitle>
      <AlertDescription>
        <p>
          {advice} Duplicate the search with that change, or ask for it when the next payloads are up for
          approval: the sourcing agent learns from your words.
        </p>
      </AlertDescription>
    </Alert>
  );
}
