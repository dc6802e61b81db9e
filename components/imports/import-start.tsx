"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionBar } from "@/components/shell/action-bar";
import { type Action, useAct } from "@/components/shell/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

type BeginImport = Action<
  { id: string; checkNo: number; criteria?: unknown },
  { outcome: "started" | "already_started" | "changed" | "not_waiting"; searchId: string | null }
>;

export type ImportStartProps = {
  importId: string;
  searchId: string | null;
  /** The check that is on the page; another one since then starts nothing. */
  checkNo: number;
  /** What starting does, in a sentence. */
  summary: string;
  /** Names the act; null when there is nothing to start. */
  label: string | null;
  onBegin: BeginImport;
  onDiscard: Action<{ id: string; searchId: string | null }>;
};

const REFUSALS = {
  already_started: "This import was started before; its search has the rows.",
  changed: "The rows were checked anew since you opened this page. Look at them again, then start.",
  not_waiting:
    "The search does not wait for an extraction any more: somebody approved or ended it. The file is still here; start a new search from it.",
} as const;

/** Starting an import, or throwing it away. `before` may hold the start back and gives the criteria of a new search. */
export function ImportStart({
  before,
  ...props
}: ImportStartProps & { before?: () => Promise<{ criteria: unknown } | null> }) {
  const router = useRouter();
  const { pending, act } = useAct();
  const [refusal, setRefusal] = useState<string | null>(null);

  async function start() {
    if (pending || props.label === null) return;
    const more = before ? await before() : {};
    if (!more) return;
    act(
      "The import was not started.",
      () => props.onBegin({ id: props.importId, checkNo: props.checkNo, ...more }),
      ({ outcome, searchId }) => {
        if (outcome === "started") return router.push(`/searches/${searchId}`);
        setRefusal(REFUSALS[outcome]);
        router.refresh();
      },
    );
  }
  const discard = () =>
    act("The import was not thrown away.", () =>
      props.onDiscard({ id: props.importId, searchId: props.searchId }),
    );

  useShortcuts({
    a: {
      label: props.label ?? "Start the import",
      run: () => void start(),
      disabled: pending || props.label === null,
    },
  });
  return (
    <>
      <div aria-live="polite">
        {refusal && (
          <Alert variant="danger" className="mt-4">
            <AlertTitle>Nothing was imported</AlertTitle>
            <AlertDescription>{refusal}</AlertDescription>
          </Alert>
        )}
      </div>
      <ActionBar summary={<span className="max-md:hidden">{props.summary}</span>}>
        <Button variant="outline" onClick={discard} disabled={pending}>
          Throw the file away
        </Button>
        {props.label !== null && (
          <Button onClick={() => void start()} disabled={pending} aria-busy={pending}>
            {props.label} <Kbd aria-hidden="true">a</Kbd>
          </Button>
        )}
      </ActionBar>
    </>
  );
}
