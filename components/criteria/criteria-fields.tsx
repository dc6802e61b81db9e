"use client";

import { type ReactNode, useId } from "react";
import { useController, useFormContext, useWatch } from "react-hook-form";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import type { CriteriaDraft } from "@/lib/criteria/criteria-draft";
import type { Lookups } from "@/lib/criteria/lookups";
import { EXCHANGE_TYPES } from "@/lib/criteria/plays";
import { FieldGroup } from "./field-group";
import { MarketPicker } from "./market-picker";
import { PropertyTypePicker } from "./property-type-picker";
import { StrategyPicker } from "./strategy-picker";
import { TextField } from "./text-field";

const HINT = "As the desk calls it: “Industrial, Inland Empire, 1031 by March”.";
const CLASSES = { A: "A", B: "B", C: "C", F: "F" };
const TENANCIES = { single: "Single", multi: "Multi", unknown: "Unknown" };

/** Who buys, and who asks for them. */
export function BuyerFields() {
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 md:grid-cols-2">
        <TextField name="name" label="Name of the search" hint={HINT} maxLength={200} required />
        <TextField name="buyerName" label="Buyer" maxLength={200} required />
      </div>
      <More
        summary="More about the buyer"
        of={["buyerContact", "decisionMaker", "capital", "dealsCompleted", "typicalCloseDays"]}
      >
        <TextField name="buyerContact" label="Contact at the buyer" maxLength={300} />
        <TextField name="decisionMaker" label="Who decides" maxLength={200} />
        <TextField name="capital" label="Capital, USD" amount />
        <TextField name="dealsCompleted" label="Deals completed" amount />
        <TextField name="typicalCloseDays" label="Days to close, typically" amount />
      </More>
      <More summary="Broker" of={["brokerName", "brokerEmail", "brokerOffice"]}>
        <TextField name="brokerName" label="Name" maxLength={200} />
        <TextField name="brokerEmail" label="E-mail" type="email" autoComplete="off" maxLength={254} />
        <TextField name="brokerOffice" label="Office" maxLength={200} />
      </More>
    </div>
  );
}

/** Fields most searches leave empty; they open by themselves where something stands in them. */
function More(props: { summary: string; of: (keyof CriteriaDraft)[]; children: ReactNode }) {
  const { summary, of, children } = props;
  const isFilled = useWatch<CriteriaDraft>({ name: of }).some(Boolean);
  return (
    <details open={isFilled || undefined} className="group rounded-md border">
      <summary className="flex min-h-9 items-center px-3 text-sm font-semibold -outline-offset-2 touch:min-h-11">
        {summary} <span className="ml-1 font-normal text-muted-foreground">(optional)</span>
      </summary>
      <div className="grid gap-4 border-t p-3 md:grid-cols-2">{children}</div>
    </details>
  );
}

/** What is wanted and where. */
export function PropertyFields({ lookups }: { lookups: Lookups }) {
  return (
    <div className="grid gap-5">
      <PropertyTypePicker types={lookups.propertyTypes} />
      <div className="grid gap-1">
        <MarketPicker markets={lookups.markets} />
        <Box name="marketsFlexible" label="Markets are flexible: the agent may propose neighbouring ones" />
      </div>
      <div className="grid gap-5 lg:grid-cols-2">
        <div className="grid content-start gap-1">
          <Range legend="Price, USD" from="priceMin" to="priceMax" />
          <Box name="priceFlexible" label="Price is flexible" />
        </div>
        <Range legend="Building size, SF" from="sizeMin" to="sizeMax" />
      </div>
      <div className="flex flex-wrap gap-x-8 gap-y-5">
        <div className="w-56">
          <TextField name="capRateMin" label="Cap rate from, %" amount />
        </div>
        <Toggles name="assetClasses" legend="Class" options={CLASSES} />
        <Toggles name="tenancy" legend="Tenancy" options={TENANCIES} />
      </div>
    </div>
  );
}

type RangeProps = { legend: string; from: "priceMin" | "sizeMin"; to: "priceMax" | "sizeMax" };

function Range({ legend, from, to }: RangeProps) {
  return (
    <FieldGroup legend={legend}>
      {() => (
        <div className="grid grid-cols-2 gap-4">
          <TextField name={from} with={to} label="From" amount />
          <TextField name={to} with={from} label="To" amount />
        </div>
      )}
    </FieldGroup>
  );
}

function Box({ name, label }: { name: "marketsFlexible" | "priceFlexible"; label: string }) {
  const { field } = useController<CriteriaDraft, typeof name>({ name });
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-8 w-fit items-center gap-2 touch:min-h-11">
      <Checkbox id={id} checked={field.value} onCheckedChange={(on) => field.onChange(on === true)} />
      {label}
    </label>
  );
}

type TogglesProps = {
  name: "assetClasses" | "tenancy";
  legend: string;
  options: Readonly<Record<string, string>>;
};

/** A few options side by side, any number of which may be on. */
function Toggles({ name, legend, options }: TogglesProps) {
  const { field } = useController<CriteriaDraft, typeof name>({ name });
  return (
    <FieldGroup legend={legend}>
      {(control) => (
        <ToggleGroup
          type="multiple"
          value={field.value}
          onValueChange={field.onChange}
          aria-label={legend}
          {...control}
        >
          {Object.entries(options).map(([value, label]) => (
            <ToggleGroupItem key={value} value={value} className="flex-auto px-3">
              {label}
            </ToggleGroupItem>
          ))}
        </ToggleGroup>
      )}
    </FieldGroup>
  );
}

/** Why owners may sell, by when the buyer must close, and anything else the agent should know. */
export function TermsFields() {
  const { register, formState } = useFormContext<CriteriaDraft>();
  const deadline = useWatch<CriteriaDraft, "deadline">({ name: "deadline" });
  const isPast = deadline !== "" && deadline < new Date().toISOString().slice(0, 10);
  return (
    <div className="grid gap-5">
      <StrategyPicker />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name="exchangeType" label="Exchange type" list="exchange-types" maxLength={60} />
        <datalist id="exchange-types">
          {EXCHANGE_TYPES.map((type) => (
            <option key={type} value={type} />
          ))}
        </datalist>
        <TextField
          name="deadline"
          label="Deadline"
          type="date"
          hint={isPast ? "This day has passed. You can still start the search." : undefined}
        />
      </div>
      <Field
        label="Notes"
        required={false}
        hint="In your own words; the sourcing agent reads them too."
        error={formState.errors.notes?.message}
      >
        {(control) => <Textarea {...control} {...register("notes")} maxLength={5000} />}
      </Field>
    </div>
  );
}
