"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AgentName } from "@/lib/agents/definition-text";

type BeginShadow = Action<
  {
    agent: AgentName;
    version: string;
    model: string;
    source: string;
    expected: string;
    sharePct: number | string;
    budgetUsd: number | string;
  },
  string
>;

interface ShadowStartProps {
  readonly agent: AgentName;
  /** What is tried: a kept version and its text. */
  readonly version: string;
  readonly source: string;
  /** The version that is live. */
  readonly live: string;
  readonly onBegin: BeginShadow;
}

/** Lets a candidate answer beside the live agent. The live text itself can only be tried with another model. */
export function ShadowStart({ agent, version, source, live, onBegin }: ShadowStartProps) {
  const { pending, act } = useAct();
  const router = useRouter();
  const [model, setModel] = useState("");
  const [sharePct, setShare] = useState("20");
  const [budgetUsd, setBudget] = useState("5");
  const needsModel = version === live;
  const begin = () =>
    act(
      "The shadow was not started.",
      () => onBegin({ agent, version, source, expected: live, model: model.trim(), sharePct, budgetUsd }),
      (id) => router.push(`/settings/agents/shadows/${id}`),
    );
  return (
    <div className="grid gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <Field
          label="Another model"
          hint={needsModel ? "Such as claude-haiku-4-5." : "Empty: the model this version names."}
          required={needsModel ? undefined : false}
        >
          {(control) => (
            <Input
              {...control}
              value={model}
              maxLength={100}
              onChange={(event) => setModel(event.target.value)}
            />
          )}
        </Field>
        <Field label="Share of runs, in per cent">
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={sharePct}
              onChange={(event) => setShare(event.target.value)}
            />
          )}
        </Field>
        <Field label="Budget, in dollars" hint="It stops by itself when this is used up.">
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              value={budgetUsd}
              onChange={(event) => setBudget(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Button
        variant="outline"
        className="justify-self-start"
        disabled={pending || (needsModel && model.trim() === "")}
        onClick={begin}
      >
        Run it beside the live one
      </Button>
    </div>
  );
}
