"use client";

import { useState } from "react";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { Textarea } from "@/components/ui/textarea";
import { type DecisionActions, DecisionPanel } from "./decision-panel";

interface PayloadDecisionProps extends DecisionActions {
  readonly checkpoint: "sourcing" | "extraction";
  readonly searchId: string | null;
  /** The payloads as JSON text, pretty printed: what an edit starts from. */
  readonly payloadsJson: string;
  readonly payloadCount: number;
}

/** The decision on payloads, with the payloads themselves open to edits as JSON. */
export function PayloadDecision(props: PayloadDecisionProps) {
  const [json, setJson] = useState<string>();
  const parsed = json === undefined ? undefined : parsePayloads(json);
  const noun = `${props.payloadCount} payload${props.payloadCount === 1 ? "" : "s"}`;
  const act = props.checkpoint === "extraction" ? `Approve and run ${noun}` : `Approve ${noun}`;
  useShortcuts({ e: { label: "Edit the payloads", run: () => setJson((now) => now ?? props.payloadsJson) } });
  return (
    <DecisionPanel
      id={props.id}
      contentHash={props.contentHash}
      approveLabel={parsed ? `${act}, as edited` : act}
      summary={props.summary}
      feedbackHint="“Too narrow, add Orange County”, “no REITs”, “at least 50k SF”: the agent proposes again, and keeps it in mind for later searches."
      edits={parsed?.ok ? { payloads: parsed.payloads } : parsed ? { payloads: null } : undefined}
      afterApprove={props.searchId ? `/searches/${props.searchId}` : undefined}
      onDecide={props.onDecide}
      onSnooze={props.onSnooze}
    >
      {json === undefined ? (
        <div>
          <Button variant="outline" onClick={() => setJson(props.payloadsJson)}>
            Edit the payloads <Kbd>e</Kbd>
          </Button>
        </div>
      ) : (
        <div className="grid gap-2">
          <Field
            label="Payloads as they shall run"
            hint="Checked against the known markets and types when you approve."
            error={parsed && !parsed.ok ? parsed.problem : undefined}
          >
            {(control) => (
              <Textarea
                {...control}
                rows={16}
                spellCheck={false}
                className="font-mono text-xs"
                value={json}
                onChange={(event) => setJson(event.target.value)}
              />
            )}
          </Field>
          <div>
            <Button variant="ghost" onClick={() => setJson(undefined)}>
              Discard the edits
            </Button>
          </div>
        </div>
      )}
    </DecisionPanel>
  );
}

type Parsed =
  | { readonly ok: true; readonly payloads: unknown }
  | { readonly ok: false; readonly problem: string };

function parsePayloads(json: string): Parsed {
  try {
    return { ok: true, payloads: JSON.parse(json) };
  } catch (error) {
    return { ok: false, problem: `Not JSON yet: ${error instanceof Error ? error.message : String(error)}` };
  }
}
