"use client";

import { useEffect, useRef } from "react";
import { type CoStarSessionView, CoStarState } from "@/components/costar/costar-state";
import { PhoneHelp } from "@/components/costar/phone-help";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";

interface CountPayloadsProps {
  readonly approvalId: string;
  /** Payloads CoStar was not asked about yet */
  readonly missing: number;
  /** False without CoStar credentials and in a dry run */
  readonly canConnect: boolean;
  readonly session: CoStarSessionView;
  readonly onCount: Action<{ approvalId: string }>;
  readonly onConnect: Action<Record<string, never>>;
  readonly onCancel: Action<Record<string, never>>;
}

/** Counts the payloads while CoStar is connected, and offers to connect while it is not. */
export function CountPayloads({ approvalId, missing, canConnect, session, ...on }: CountPayloadsProps) {
  const { pending, act } = useAct();
  const asked = useRef(false);
  const isConnected = session.state === "connected";
  const isConnecting = session.state === "starting" || session.state === "waiting_2fa";
  const count = () => act("CoStar was not asked.", () => on.onCount({ approvalId }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted once for each time a session comes up
  useEffect(() => {
    if (!isConnected) asked.current = false;
    if (!isConnected || missing === 0 || asked.current) return;
    asked.current = true;
    count();
  }, [isConnected, missing]);
  if (missing === 0 || !canConnect) return null;
  if (isConnecting)
    return (
      <div className="grid gap-2">
        <CoStarState session={session} />
        <PhoneHelp />
        <div>
          <Button
            variant="outline"
            disabled={pending}
            onClick={() => act("It goes on.", () => on.onCancel({}))}
          >
            Cancel
          </Button>
        </div>
      </div>
    );
  return (
    <div className="flex flex-wrap items-center gap-3" role="status">
      {isConnected ? (
        <Button variant="outline" disabled={pending} aria-busy={pending} onClick={count}>
          {pending ? "Counting…" : "Count what they find"}
        </Button>
      ) : (
        <>
          <Button
            variant="outline"
            disabled={pending}
            aria-busy={pending}
            onClick={() => act("CoStar was not connected.", () => on.onConnect({}))}
          >
            Connect to see counts
          </Button>
          <span className="text-xs text-muted-foreground">
            {session.state === "error" && session.detail
              ? session.detail
              : "Asks CoStar only how many properties each payload finds. It may need your phone."}
          </span>
        </>
      )}
    </div>
  );
}
