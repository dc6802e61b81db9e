import type { ReactNode } from "react";
import { ImportProgress, type ImportView } from "@/components/imports/import-progress";
import { type PayloadYield, YieldTable } from "@/components/searches/yield-table";
import { YieldVerdict } from "@/components/searches/yield-verdict";
import { Section } from "@/components/shell/section";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Progress } from "@/components/ui/progress";
import { formatCount, formatDuration, formatPercent } from "@/components/words/numbers";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import { contactYield, estimateLeftMs } from "@/lib/searches/judge-yield";
import { type CoStarSessionView, CoStarState } from "./costar-state";
import { PhoneHelp } from "./phone-help";

type ExtractionPanelProps = {
  status: string;
  reason: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  payloads: readonly PayloadYield[];
  /** Whether every listing was read to its end; until then more properties may come. */
  allListed: boolean;
  requestsPerMinute: number;
  session: CoStarSessionView;
  /** The file the rows come from, where they do. */
  file: ImportView | null;
  /** The buttons, while there is something to answer. */
  buttons: ReactNode;
};

/** An extraction as it runs: the CoStar session, how far it is, and what each payload found. */
export function ExtractionPanel(props: ExtractionPanelProps) {
  const { status, payloads } = props;
  const isOpen = ["waiting", "running", "stopped"].includes(status);
  return (
    <Section
      title={props.file ? "Import" : "Extraction"}
      frame="card"
      actions={
        <span className="flex items-center gap-2">
          <StatusBadge of="extraction" status={status} />
          {props.finishedAt && (
            <span className="text-xs text-muted-foreground">
              <Time iso={props.finishedAt} />
            </span>
          )}
        </span>
      }
    >
      <div className="grid gap-4">
        {props.reason && (
          <Alert variant={status === "stopped" || status === "failed" ? "attention" : "default"}>
            <AlertTitle>{status === "stopped" ? "Why it stopped" : "Noted"}</AlertTitle>
            <AlertDescription className="break-words">{props.reason}</AlertDescription>
          </Alert>
        )}
        {isOpen && !props.file && <CoStarState session={props.session} />}
        {props.file ? (
          <ImportProgress view={props.file} status={status} />
        ) : (
          <ExtractionProgress {...props} />
        )}
        {payloads.some((row) => row.properties > 0) && !(props.file && payloads.length === 1) && (
          <YieldTable rows={payloads} />
        )}
        {status === "completed" && !props.file && (
          <YieldVerdict contacts={payloads.reduce((sum, row) => sum + row.contacts, 0)} />
        )}
        {isOpen && props.buttons}
        {isOpen && !props.file && props.session.state !== "connected" && <PhoneHelp />}
      </div>
    </Section>
  );
}

function ExtractionProgress({ status, payloads, allListed, requestsPerMinute }: ExtractionPanelProps) {
  const sum = (read: (row: PayloadYield) => number) => payloads.reduce((total, row) => total + read(row), 0);
  const [properties, asked, contacts, withEmail] = [
    sum((row) => row.properties),
    sum((row) => row.asked),
    sum((row) => row.contacts),
    sum((row) => row.withEmail),
  ];
  if (properties === 0)
    return (
      <p className="text-muted-foreground">
        {status === "completed" ? "No payload found a property." : "Nothing has been asked of CoStar yet."}
      </p>
    );
  const left = estimateLeftMs(properties, asked, requestsPerMinute);
  const ratio = contactYield({ asked, withEmail });
  return (
    <div className="grid gap-1.5">
      <Progress value={asked} max={properties} aria-label="Properties asked about" />
      <p className="tabular-nums">
        <span className="font-semibold">
          {formatCount(asked)} of {formatCount(properties)} properties
        </span>{" "}
        asked about · {formatCount(contacts)} contacts, {formatCount(withEmail)} with e-mail
        {ratio !== null && ` · yield ${formatPercent(ratio, 0)}${ratio >= 0.7 ? ", good" : ""}`}
      </p>
      {status === "running" && left > 0 && (
        <p className="text-xs text-muted-foreground tabular-nums">
          About {formatDuration(left)} left at {formatCount(requestsPerMinute)} requests a minute
          {!allListed && "; more properties may still be listed"}.
        </p>
      )}
    </div>
  );
}
