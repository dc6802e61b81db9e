import type { ReactNode } from "react";
import { AmountField, TextField } from "./text-field";
import type { CriteriaForm } from "./use-criteria-form";

/** Who buys, and who asks for them. */
export function BuyerFields({ form }: { form: CriteriaForm }) {
  const { draft, errors } = form;
  const hasEntity = draft.dealsCompleted || draft.capital || draft.typicalCloseDays || draft.decisionMaker;
  const hasBroker = draft.brokerName || draft.brokerEmail || draft.brokerOffice;
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 md:grid-cols-2">
        <TextField
          form={form}
          field="name"
          path="criteria.name"
          label="Name of the search"
          hint="As the desk calls it: “Industrial, Inland Empire, 1031 by March”."
          maxLength={200}
          required
        />
        <TextField form={form} field="buyerName" path="buyer.name" label="Buyer" maxLength={200} required />
      </div>
      <More summary="More about the buyer" open={Boolean(hasEntity || draft.buyerContact)}>
        <TextField
          form={form}
          field="buyerContact"
          path="buyer.contact"
          label="Contact at the buyer"
          maxLength={300}
        />
        <TextField
          form={form}
          field="decisionMaker"
          path="buyer.entity.decisionMaker"
          label="Who decides"
          maxLength={200}
        />
        <AmountField form={form} field="capital" path="buyer.entity.capital" label="Capital, USD" />
        <AmountField
          form={form}
          field="dealsCompleted"
          path="buyer.entity.dealsCompleted"
          label="Deals completed"
        />
        <AmountField
          form={form}
          field="typicalCloseDays"
          path="buyer.entity.typicalCloseDays"
          label="Days to close, typically"
        />
      </More>
      <More summary="Broker" open={Boolean(hasBroker || errors["broker.email"])}>
        <TextField form={form} field="brokerName" path="broker.name" label="Name" maxLength={200} />
        <TextField
          form={form}
          field="brokerEmail"
          path="broker.email"
          label="E-mail"
          type="email"
          autoComplete="off"
          maxLength={254}
        />
        <TextField form={form} field="brokerOffice" path="broker.office" label="Office" maxLength={200} />
      </More>
    </div>
  );
}

/** Fields most searches leave empty; they open by themselves where something stands in them. */
function More({ summary, open, children }: { summary: string; open: boolean; children: ReactNode }) {
  return (
    <details open={open || undefined} className="group rounded-md border">
      <summary className="flex min-h-9 items-center px-3 text-sm font-semibold -outline-offset-2 touch:min-h-11">
        {summary} <span className="ml-1 font-normal text-muted-foreground">(optional)</span>
      </summary>
      <div className="grid gap-4 border-t p-3 md:grid-cols-2">{children}</div>
    </details>
  );
}
