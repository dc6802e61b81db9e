"use client";

import { CheckIcon, ChevronLeftIcon, ChevronRightIcon, ReplyIcon } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { ActionBar } from "@/components/shell/action-bar";
import { type Action, useAct } from "@/components/shell/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/sonner";
import { focusAnswer } from "./answer-form";
import { SnoozeMenu, type SnoozeMenuProps } from "./snooze-menu";

type ReplyBarProps = {
  emailId: string;
  canFinish: boolean;
  canAnswer: boolean;
  summary: string;
  previousHref: string | null;
  nextHref: string | null;
  /** Where to go when there is no next mail. */
  listHref: string;
  onFinish: Action<{ emailId: string }, { finished: boolean }>;
  /** Puts the mail off; null where it does not wait for a person. */
  snooze: Pick<SnoozeMenuProps, "choices" | "zone" | "firstDay" | "lastDay"> | null;
  onSnooze: Action<{ emailId: string; until: string | null }>;
};

/** What is done with a mail, under the thumb: answer it, put it away, go to the next. */
export function ReplyBar(props: ReplyBarProps) {
  const { emailId, canFinish, canAnswer, previousHref, nextHref, listHref, onFinish } = props;
  const { snooze, onSnooze } = props;
  const router = useRouter();
  const { pending, act } = useAct();
  function putAway() {
    act(
      "The mail was not put away.",
      () => onFinish({ emailId }),
      ({ finished }) => {
        if (finished) toast.success("Put away.");
        else toast.info("Somebody has put it away before, or it is still being read.");
        router.push(nextHref ?? listHref);
      },
    );
  }
  function putOff(until: string) {
    act(
      "The mail was not put off.",
      () => onSnooze({ emailId, until }),
      () => {
        toast.success("Put off.", { action: { label: "Undo", onClick: bringBack } });
        router.push(nextHref ?? listHref);
      },
    );
  }
  function bringBack() {
    act(
      "The mail was not brought back.",
      () => onSnooze({ emailId, until: null }),
      () => toast.success("It waits again."),
    );
  }
  useShortcuts({
    j: { label: "Next mail", run: () => nextHref && router.push(nextHref), disabled: !nextHref },
    k: {
      label: "Previous mail",
      run: () => previousHref && router.push(previousHref),
      disabled: !previousHref,
    },
    e: { label: "Done: put it away", run: putAway, disabled: pending || !canFinish },
    u: { label: "Back to the list", run: () => router.push(listHref) },
  });
  return (
    <ActionBar summary={<span className="max-md:hidden">{props.summary}</span>}>
      <Step href={previousHref} label="Previous" hotkey="k">
        <ChevronLeftIcon />
      </Step>
      <Step href={nextHref} label="Next" hotkey="j">
        <ChevronRightIcon />
      </Step>
      {snooze && <SnoozeMenu {...snooze} pending={pending} onSnooze={putOff} />}
      {canAnswer && (
        <Button variant="outline" onClick={focusAnswer}>
          <ReplyIcon /> Answer <Kbd aria-hidden="true">a</Kbd>
        </Button>
      )}
      {canFinish && (
        <Button onClick={putAway} disabled={pending} aria-busy={pending}>
          <CheckIcon /> Done <Kbd aria-hidden="true">e</Kbd>
        </Button>
      )}
    </ActionBar>
  );
}

function Step(props: { href: string | null; label: string; hotkey: string; children: React.ReactNode }) {
  const inner = (
    <>
      {props.children}
      <span className="max-sm:sr-only">{props.label}</span>
      <Kbd aria-hidden="true">{props.hotkey}</Kbd>
    </>
  );
  if (!props.href)
    return (
      <Button variant="outline" disabled>
        {inner}
      </Button>
    );
  return (
    <Button asChild variant="outline">
      <Link href={props.href}>{inner}</Link>
    </Button>
  );
}
