import { TriangleAlertIcon } from "lucide-react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { readFlag } from "./flag-words";

/** What a person should know about the mail before trusting it, in words. */
export function FlagList({ flags }: { flags: readonly string[] }) {
  const known = flags.flatMap((flag) => readFlag(flag) ?? []);
  if (known.length === 0) return null;
  return (
    <ul className="mb-4 grid gap-2" aria-label="Remarks">
      {known.map(({ title, text, tone }) => (
        <li key={title}>
          <Alert variant={tone === "neutral" ? "default" : tone}>
            <TriangleAlertIcon aria-hidden="true" />
            <AlertTitle>{title}</AlertTitle>
            {text && <AlertDescription>{text}</AlertDescription>}
          </Alert>
        </li>
      ))}
    </ul>
  );
}
