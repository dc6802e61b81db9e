import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { Stat, StatGrid } from "@/components/shell/stat";
import { saySuggestion } from "@/components/trust/checkpoint-suggestion";
import { CHECKPOINT_WORDS } from "@/components/trust/checkpoint-words";
import { EvidenceList } from "@/components/trust/evidence-list";
import { ModeHistory } from "@/components/trust/mode-history";
import { TrustFigure } from "@/components/trust/trust-figure";
import { sayBound, sayOthers } from "@/components/trust/trust-words";
import { VersionTable } from "@/components/trust/version-table";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import { checkpointSchema } from "@/lib/approvals/proposals";
import { requireOperator } from "@/lib/server/operator";
import { loadCheckpointsPage } from "@/lib/trust/load-checkpoints-page";
import {
  loadEvidence,
  loadModeChanges,
  loadTrend,
  loadVersions,
  MODE_CHANGES_SHOWN,
} from "@/lib/trust/load-history";
import { ModeControl } from "../mode-control";

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const checkpoint = checkpointSchema.safeParse((await params).name);
  return { title: checkpoint.success ? CHECKPOINT_WORDS[checkpoint.data].title : "Checkpoint" };
}

/** One checkpoint: where it stands, what it earned, and every change of its mode. */
export default async function CheckpointPage({ params }: Props) {
  const { db } = await requireOperator();
  const parsed = checkpointSchema.safeParse((await params).name);
  if (!parsed.success) notFound();
  const checkpoint = parsed.data;
  const [{ trust, zone, choice }, weeks, changes, versions, evidence] = await Promise.all([
    loadCheckpointsPage(db),
    loadTrend(db, checkpoint),
    loadModeChanges(db, checkpoint),
    loadVersions(db, checkpoint),
    loadEvidence(db, checkpoint),
  ]);
  const standing = trust.find((each) => each.checkpoint === checkpoint);
  if (!standing) notFound();
  const { recent, allTime, mode } = standing;
  const words = CHECKPOINT_WORDS[checkpoint];
  return (
    <>
      <PageHeader
        above={
          <Link href="/settings" className="text-sm text-muted-foreground">
            ← Checkpoints
          </Link>
        }
        title={words.title}
        aside={
          <Badge variant={mode === "auto" ? "info" : "outline"}>{mode === "auto" ? "Auto" : "Plan"}</Badge>
        }
        description={
          <>
            <p>{mode === "auto" ? words.auto : words.plan}</p>
            {standing.scopeWords && <p>Limited to {standing.scopeWords}.</p>}
            <p className="mt-1 text-foreground">
              {saySuggestion(standing)}
              {recent.since && (
                <>
                  {" "}
                  Counted from when auto was taken back, <Time iso={recent.since} />.
                </>
              )}
            </p>
          </>
        }
      />
      <div className="mb-6">
        <ModeControl trust={standing} choice={choice} />
      </div>
      <StatGrid>
        <Stat
          label={`Approved unchanged, of the last ${formatCount(recent.decisions)}`}
          value={formatCount(recent.unchanged)}
          hint={recent.decisions > 0 ? sayOthers(recent) : "Nothing judged yet."}
        />
        <Stat
          label="At least, with 95% confidence"
          value={sayBound(recent.bound)}
          hint={`The bar is ${sayBound(standing.bar.bar)} over ${formatCount(standing.bar.minDecisions)} or more.`}
        />
        <Stat
          label="Judged since the start"
          value={formatCount(allTime.decisions)}
          hint={`${formatCount(allTime.unchanged)} unchanged, ${sayOthers({ ...allTime, changedBps: 0 })}.`}
        />
      </StatGrid>
      {weeks.length > 0 && (
        <div className="mb-8">
          <TrustFigure title={`Trust in ${words.title.toLowerCase()}`} weeks={weeks} bar={standing.bar.bar} />
        </div>
      )}
      {versions.length > 0 && (
        <Section
          title="By definition and model"
          description="Trust belongs to the definition and the model that earned it. When either changes, it starts anew; what was earned stays here."
          frame="flush"
        >
          <VersionTable versions={versions} />
        </Section>
      )}
      <Section
        title="The evidence"
        description={
          checkpoint === "classification"
            ? "The newest of what people judged: verdicts, decisions in plan, and categories confirmed or corrected. Mails below 70% confidence go to a person in any mode and do not count."
            : "The newest of what people judged. Each leads to the proposal itself."
        }
        frame={evidence.length > 0 ? "flush" : "none"}
        actions={
          evidence.length > 0 && (
            <Button asChild variant="outline" size="sm">
              <Link href={`/metrics/rows?of=trust&checkpoint=${checkpoint}&days=3660`}>All of it</Link>
            </Button>
          )
        }
      >
        {evidence.length > 0 ? (
          <EvidenceList rows={evidence} />
        ) : (
          <EmptyState title="Nothing has been judged yet">
            Decide a proposal of this checkpoint, or look back at one that auto let through, and it counts
            from then on.
          </EmptyState>
        )}
      </Section>
      <Section
        title="Changes of mode"
        frame={changes.length > 0 ? "flush" : "none"}
        description={
          changes.length === MODE_CHANGES_SHOWN && (
            <>
              The newest {MODE_CHANGES_SHOWN}.{" "}
              <Link
                href={`/metrics/rows?of=mode-changes&checkpoint=${checkpoint}&days=3660`}
                className="text-primary underline underline-offset-4"
              >
                All of them
              </Link>
            </>
          )
        }
      >
        {changes.length > 0 ? (
          <ModeHistory changes={changes} zone={zone} />
        ) : (
          <p className="text-muted-foreground">Never changed since it was installed.</p>
        )}
      </Section>
    </>
  );
}
