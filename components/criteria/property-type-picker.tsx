import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { Lookup } from "@/lib/criteria/lookups";
import { FieldGroup } from "./field-group";
import type { CriteriaForm } from "./use-criteria-form";

const PATH = "criteria.propertyTypes";

/** Every property type CoStar knows, those that take a market filter first. */
export function PropertyTypePicker({ form, types }: { form: CriteriaForm; types: readonly Lookup[] }) {
  const id = useId();
  const picked = new Set(form.draft.propertyTypes);
  const sorted = [...types].sort((a, b) => Number(b.marketFilter) - Number(a.marketFilter));
  const toggle = (type: number, on: boolean) =>
    form.set(
      "propertyTypes",
      on ? [...form.draft.propertyTypes, type] : form.draft.propertyTypes.filter((other) => other !== type),
    );
  return (
    <FieldGroup
      legend="Property types"
      required
      hint="Types marked * are searched by an area on the map: CoStar takes no market filter for them."
      error={form.errorOf(PATH)}
      onLeave={() => form.leave(PATH)}
    >
      {(control) => (
        <ul className="grid grid-cols-2 gap-x-4 sm:grid-cols-3 lg:grid-cols-4">
          {sorted.map((type) => (
            <li key={type.id}>
              <label htmlFor={`${id}-${type.id}`} className="flex min-h-8 items-center gap-2 touch:min-h-11">
                <Checkbox
                  {...control}
                  id={`${id}-${type.id}`}
                  checked={picked.has(type.id)}
                  onCheckedChange={(on) => toggle(type.id, on === true)}
                />
                <span className="min-w-0">
                  {type.name}
                  {!type.marketFilter && <span aria-hidden="true"> *</span>}
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </FieldGroup>
  );
}
