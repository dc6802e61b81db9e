"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useRef, useState, useTransition } from "react";
import { ActionBar } from "@/components/shell/action-bar";
import { type Answer, answerOf, useAct } from "@/components/shell/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { Label } from "@/components/ui/label";
import { toast } from "@/components/ui/sonner";
import { Textarea } from "@/components/ui/textarea";

type DecisionWord = "approve" | "reject" | "request_changes";

/** What the decide action answers, as far as this panel reads it. */
type DecideAnswer = Answer<{
  readonly outcome: "decided" | "already_decided" | "changed" | "not_found";
  readonly status?: string | undefined;
  readonly decidedBy?: string | null | undefined;
  readonly decidedAt?: string | null | undefined;
}>;

/** What every decision is bound to and acted on by. */
export interface DecisionActions {
  readonly id: string;
  readonly contentHash: string;
  /** Said above the buttons: what approving does. */
  readonly summary: string;
  readonly onDecide: (input: {
    id: string;
    decision: DecisionWord;
    feedback?: string;
    edits?: unknown;
    contentHash: string;
    again?: "sourcing";
  }) => Promise<DecideAnswer>;
  readonly onSnooze: (input: { id: string; hours: number }) => Promise<Answer>;
}

interface DecisionPanelProps extends DecisionActions {
  /** Names the act: "Approve and schedule 312 mails". */
  readonly approveLabel: string;
  readonly feedbackHint: string;
  /** Edits made on the page, sent along with an approval. */
  readonly edits?: unknown;
  /** Where to go once it is approved; the queue otherwise. */
  readonly afterApprove?: string;
  /** Offered with the words: changes may go back further than this checkpoint, to the payloads. */
  readonly backToSourcing?: string;
  readonly children?: ReactNode;
}

const DONE: Readonly<Record<DecisionWord, string>> = {
  approve: "Approved.",
  reject: "Rejected.",
  request_changes: "Your words went to the next revision.",
};

/** Feedback and the four answers. Bound to the hash of what is on the page; asking for changes needs words. */
export function DecisionPanel(props: DecisionPanelProps) {
  const router = useRouter();
  const words = useRef<HTMLTextAreaElement>(null);
  const [feedback, setFeedback] = useState("");
  const [problem, setProblem] = useState<string>();
  const [missing, setMissing] = useState<string>();
  const [again, setAgain] = useState(false);
  const [deciding, start] = useTransition();
  const { pending: snoozing, act } = useAct();
  const pending = deciding || snoozing;

  const decide = (decision: DecisionWord) => {
    if (decision !== "approve" && feedback.trim() === "") {
      setMissing(decision === "reject" ? "Say why it is rejected." : "Say what should change.");
      words.current?.focus();
      return;
    }
    setMissing(undefined);
    start(async () => {
      const { id, contentHash, edits } = props;
      const answer = await answerOf(() =>
        props.onDecide({
          id,
          decision,
          feedback: feedback.trim() || undefined,
          edits,
          contentHash,
          ...(again && decision === "request_changes" && { again: "sourcing" }),
        }),
      );
      const refusal = refusalOf(answer);
      setProblem(refusal);
      if (refusal) return router.refresh();
      toast.success(DONE[decision]);
      router.push(decision === "approve" ? (props.afterApprove ?? "/") : "/");
    });
  };
  const snooze = () =>
    act(
      "It was not put off.",
      () => props.onSnooze({ id: props.id, hours: 4 }),
      () => {
        toast("It comes back in 4 hours.");
        router.push("/");
      },
    );

  useShortcuts({
    a: { label: props.approveLabel, run: () => decide("approve"), disabled: pending },
    c: {
      label: "Ask for changes",
      run: () => (feedback.trim() ? decide("request_changes") : words.current?.focus()),
    },
    x: { label: "Reject", run: () => decide("reject"), disabled: pending },
    s: { label: "Not now: back in 4 hours", run: snooze, disabled: pending },
    u: { label: "Back to the queue", run: () => router.push("/") },
  });

  // The buttons are siblings of the page's other sections, so that they stay in reach while the evidence is read.
  return (
    <>
      <section aria-label="Your decision" className="mt-6 grid gap-3">
        {props.children}
        <Field label="Feedback" hint={props.feedbackHint} error={missing}>
          {(control) => (
            <Textarea
              {...control}
              ref={words}
              rows={3}
              maxLength={5000}
              value={feedback}
              onChange={(event) => setFeedback(event.target.value)}
            />
          )}
        </Field>
        {props.backToSourcing && (
          <Label className="flex items-start gap-2 font-normal">
            <Checkbox
              className="mt-0.5"
              checked={again}
              onCheckedChange={(checked) => setAgain(checked === true)}
            />
            {props.backToSourcing}
          </Label>
        )}
        {problem && (
          <Alert variant="danger" live>
            <AlertTitle>Nothing was decided</AlertTitle>
            <AlertDescription>{problem}</AlertDescription>
          </Alert>
        )}
      </section>
      <ActionBar summary={<span className="line-clamp-2 max-md:hidden">{props.summary}</span>}>
        <Button variant="ghost" onClick={snooze} disabled={pending}>
          Not now <Kbd>s</Kbd>
        </Button>
        <Button variant="outline" onClick={() => decide("reject")} disabled={pending}>
          Reject <Kbd>x</Kbd>
        </Button>
        <Button variant="outline" onClick={() => decide("request_changes")} disabled={pending}>
          Ask for changes <Kbd>c</Kbd>
        </Button>
        <Button onClick={() => decide("approve")} disabled={pending} aria-busy={pending}>
          {props.approveLabel} <Kbd>a</Kbd>
        </Button>
      </ActionBar>
    </>
  );
}

function refusalOf(answer: DecideAnswer): string | undefined {
  if (!answer.ok) return answer.message;
  const { outcome, status, decidedBy, decidedAt } = answer.value;
  switch (outcome) {
    case "decided":
      return undefined;
    case "already_decided":
      return `Already ${status?.replaceAll("_", " ") ?? "decided"} by ${decidedBy ?? "a newer revision"}${
        decidedAt ? ` on ${new Date(decidedAt).toLocaleString()}` : ""
      }.`;
    case "changed":
      return "The proposal changed since you opened it. Read it again below, then decide.";
    case "not_found":
      return "This approval is not there any more.";
  }
}
