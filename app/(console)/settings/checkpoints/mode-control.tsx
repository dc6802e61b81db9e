import type { LimitsChoice } from "@/components/trust/checkpoint-limits";
import { CheckpointMode } from "@/components/trust/checkpoint-mode";
import type { CheckpointTrust } from "@/lib/trust/load-trust";
import { writeUntil } from "@/lib/trust/read-until";
import { putIntoAuto, putIntoPlan } from "./actions";

/** A checkpoint's switch with its actions; none for extraction, which needs a person. */
export function ModeControl({ trust, choice }: { trust: CheckpointTrust; choice: LimitsChoice }) {
  if (trust.checkpoint === "extraction") return null;
  return (
    <CheckpointMode
      checkpoint={trust.checkpoint}
      mode={trust.mode}
      passes={trust.recent.passes}
      sentence={trust.recent.sentence}
      until={trust.autoUntil ? writeUntil(trust.autoUntil, choice.zone) : null}
      scope={trust.mode === "auto" ? trust.autoScope : {}}
      choice={choice}
      onAuto={putIntoAuto}
      onPlan={putIntoPlan}
    />
  );
}
