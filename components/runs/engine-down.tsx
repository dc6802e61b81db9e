import { TriangleAlertIcon } from "lucide-react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { EngineFailure } from "@/lib/runs/engine-error";

const TRY: Record<EngineFailure, string> = {
  unreachable:
    "Start the system again with npm start, or check that INNGEST_BASE_URL is the engine's address.",
  timeout: "It may be busy. Wait a moment and open the page again; if it stays so, start the system again.",
  not_found: "The engine may have been started with another data folder, or forgot runs this old.",
  refused: "Check that INNGEST_SIGNING_KEY is the one the engine was started with.",
  unexpected: "Check that INNGEST_BASE_URL is the address of an Inngest server and not of something else.",
};

/** What happened, what was kept, what to try. */
export function EngineDown({ kind, message }: { kind: EngineFailure; message: string }) {
  return (
    <Alert variant="danger">
      <TriangleAlertIcon aria-hidden="true" />
      <AlertTitle>{message}</AlertTitle>
      <AlertDescription>
        <p>
          Nothing is lost: decisions, mails and schedules are in the database, and the engine goes on from
          there when it is back.
        </p>
        <p>{TRY[kind]}</p>
      </AlertDescription>
    </Alert>
  );
}
