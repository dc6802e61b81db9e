import type { Lookups } from "@/lib/criteria/lookups";
import { FieldGroup } from "./field-group";
import { FlexibleBox } from "./flexible-box";
import { MarketPicker } from "./market-picker";
import { PropertyTypePicker } from "./property-type-picker";
import { AmountField } from "./text-field";
import { ToggleList } from "./toggle-list";
import type { CriteriaForm } from "./use-criteria-form";

const CLASSES = [
  { value: "A", label: "A" },
  { value: "B", label: "B" },
  { value: "C", label: "C" },
  { value: "F", label: "F" },
];
const TENANCIES = [
  { value: "single", label: "Single" },
  { value: "multi", label: "Multi" },
  { value: "unknown", label: "Unknown" },
];
const PRICE = ["criteria.price.min", "criteria.price.max"];
const SIZE = ["criteria.sizeSf.min", "criteria.sizeSf.max"];

/** What is wanted and where. */
export function PropertyFields({ form, lookups }: { form: CriteriaForm; lookups: Lookups }) {
  const { draft, set } = form;
  return (
    <div className="grid gap-5">
      <PropertyTypePicker form={form} types={lookups.propertyTypes} />
      <div className="grid gap-1">
        <MarketPicker form={form} markets={lookups.markets} />
        <FlexibleBox
          label="Markets are flexible: the agent may propose neighbouring ones"
          checked={draft.marketsFlexible}
          onChange={(on) => set("marketsFlexible", on)}
        />
      </div>
      <div className="grid gap-5 lg:grid-cols-2">
        <div className="grid content-start gap-1">
          <FieldGroup legend="Price, USD">
            {() => (
              <div className="grid grid-cols-2 gap-4">
                <AmountField
                  form={form}
                  field="priceMin"
                  path="criteria.price.min"
                  alsoLeave={PRICE}
                  label="From"
                  inGroup
                />
                <AmountField
                  form={form}
                  field="priceMax"
                  path="criteria.price.max"
                  alsoLeave={PRICE}
                  label="To"
                  inGroup
                />
              </div>
            )}
          </FieldGroup>
          <FlexibleBox
            label="Price is flexible"
            checked={draft.priceFlexible}
            onChange={(on) => set("priceFlexible", on)}
          />
        </div>
        <FieldGroup legend="Building size, SF">
          {() => (
            <div className="grid grid-cols-2 gap-4">
              <AmountField
                form={form}
                field="sizeMin"
                path="criteria.sizeSf.min"
                alsoLeave={SIZE}
                label="From"
                inGroup
              />
              <AmountField
                form={form}
                field="sizeMax"
                path="criteria.sizeSf.max"
                alsoLeave={SIZE}
                label="To"
                inGroup
              />
            </div>
          )}
        </FieldGroup>
      </div>
      <div className="flex flex-wrap gap-x-8 gap-y-5">
        <div className="w-56">
          <AmountField form={form} field="capRateMin" path="criteria.capRate.min" label="Cap rate from, %" />
        </div>
        <ToggleList
          legend="Class"
          options={CLASSES}
          value={draft.assetClasses}
          onChange={(value) => set("assetClasses", value)}
        />
        <ToggleList
          legend="Tenancy"
          options={TENANCIES}
          value={draft.tenancy}
          onChange={(value) => set("tenancy", value)}
        />
      </div>
    </div>
  );
}
