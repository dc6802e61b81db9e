import Link from "next/link";
import type { Action } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { AgentName } from "@/lib/agents/definition-text";
import type { LiveDefinition } from "@/lib/agents/definitions";
import { MakeLive } from "./version-actions";

interface FileStateProps {
  readonly live: LiveDefinition;
  readonly onActivate: Action<{ agent: AgentName; version: string; expected: string; why: string }>;
}

/** How the file on disk stands to what is live, where it says something a person should know. */
export function FileState({ live, onActivate }: FileStateProps) {
  if (live.from === "file") {
    if (live.file.problem === null) return null;
    return (
      <Alert variant="danger" className="mb-6">
        <AlertTitle>There is no definition</AlertTitle>
        <AlertDescription>
          {live.file.problem} Put the file back, or write a text below and make it live.
        </AlertDescription>
      </Alert>
    );
  }
  return (
    <Alert variant={live.file.changed ? "attention" : "default"} className="mb-6">
      <AlertTitle>
        {live.file.changed ? "The file on disk has changed since" : "The file on disk is not followed"}
      </AlertTitle>
      <AlertDescription>
        <p>
          {live.file.problem ?? (
            <>
              <code>.claude/agents/{live.agent}.md</code> is version {live.file.version}; the version made
              live here holds until the file is followed again.
            </>
          )}
        </p>
        {live.file.version !== null && (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <MakeLive
              agent={live.agent}
              version=""
              live={live.version}
              label="Follow the file again"
              description="The file's text is live from the next run on, and every later change of the file too."
              onActivate={onActivate}
            />
            <Link
              href={`/settings/agents/${live.agent}/${live.file.version}`}
              className="text-primary underline-offset-4 hover:underline touch:leading-11"
            >
              What the file says
            </Link>
          </div>
        )}
      </AlertDescription>
    </Alert>
  );
}
