import { SmartphoneIcon } from "lucide-react";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import { SecondsLeft } from "./seconds-left";

export type CoStarSessionView = {
  state: string;
  detail: string | null;
  deadlineAt: string | null;
  expiresAt: string | null;
  updatedAt: string;
};

/** The CoStar session while an extraction needs it: what it is, and what a person does about it. */
export function CoStarState({ session }: { session: CoStarSessionView }) {
  const asksPhone = session.state === "waiting_2fa" && session.deadlineAt;
  return (
    <div
      role="status"
      className={
        asksPhone
          ? "grid gap-2 rounded-md border border-attention-line bg-attention-soft p-4"
          : "flex flex-wrap items-center gap-x-3 gap-y-1"
      }
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-muted-foreground">CoStar</span>
        <StatusBadge of="connection" status={session.state} />
        {session.state === "connected" && session.expiresAt && (
          <span className="text-xs text-muted-foreground">
            good until <Time iso={session.expiresAt} show="both" />
          </span>
        )}
        {!asksPhone && session.state !== "connected" && (
          <span className="text-xs text-muted-foreground">
            since <Time iso={session.updatedAt} />
          </span>
        )}
      </div>
      {asksPhone && session.deadlineAt && (
        <p className="flex items-start gap-2 text-base font-semibold text-attention">
          <SmartphoneIcon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
          <span>
            Approve the sign-in on your phone.{" "}
            <SecondsLeft
              key={session.deadlineAt}
              until={session.deadlineAt}
              over="The time is over; the extraction stops and can be tried again."
            />
          </span>
        </p>
      )}
      {session.detail && session.state !== "connected" && (
        <p className="w-full break-words text-muted-foreground">{session.detail}</p>
      )}
    </div>
  );
}
