import { PayloadCard } from "@/components/approvals/payload-card";
import { Section } from "@/components/shell/section";
import { describePayload } from "@/lib/criteria/describe-payload";
import type { Lookups } from "@/lib/criteria/lookups";
import type { ProposedPayload } from "@/lib/criteria/sourcing-answer";

type PlanCardsProps = { strategy: string; payloads: readonly ProposedPayload[]; lookups: Lookups };

/** The strategy and each payload in words, with why it should find sellers. */
export function PlanCards({ strategy, payloads, lookups }: PlanCardsProps) {
  return (
    <Section
      title={
        payloads.length === 1 ? "Strategy and its payload" : `Strategy and its ${payloads.length} payloads`
      }
      description={<p className="whitespace-pre-line">{strategy}</p>}
    >
      <div className="grid gap-3">
        {payloads.map((payload, index) => (
          <PayloadCard
            key={payload.title}
            number={index + 1}
            title={payload.title}
            reasoning={payload.reasoning}
            facts={describePayload(payload.payload, lookups)}
            json={JSON.stringify(payload.payload, null, 2)}
          />
        ))}
      </div>
    </Section>
  );
}
