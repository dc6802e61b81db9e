import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { EXCHANGE_TYPES } from "@/lib/criteria/plays";
import { StrategyPicker } from "./strategy-picker";
import { TextField } from "./text-field";
import type { CriteriaForm } from "./use-criteria-form";

/** Why owners may sell, by when the buyer must close, and anything else the agent should know. */
export function TermsFields({ form }: { form: CriteriaForm }) {
  const { deadline } = form.draft;
  const isPast = deadline !== "" && deadline < new Date().toISOString().slice(0, 10);
  return (
    <div className="grid gap-5">
      <StrategyPicker form={form} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          form={form}
          field="exchangeType"
          path="criteria.exchangeType"
          label="Exchange type"
          list="exchange-types"
          maxLength={60}
        />
        <datalist id="exchange-types">
          {EXCHANGE_TYPES.map((type) => (
            <option key={type} value={type} />
          ))}
        </datalist>
        <TextField
          form={form}
          field="deadline"
          path="criteria.deadline"
          label="Deadline"
          type="date"
          hint={isPast ? "This day has passed. You can still start the search." : undefined}
        />
      </div>
      <Field
        label="Notes"
        required={false}
        hint="In your own words; the sourcing agent reads them too."
        error={form.errorOf("criteria.notes")}
      >
        {(control) => (
          <Textarea
            {...control}
            value={form.draft.notes}
            maxLength={5000}
            onChange={(event) => form.set("notes", event.target.value)}
            onBlur={() => form.leave("criteria.notes")}
          />
        )}
      </Field>
    </div>
  );
}
