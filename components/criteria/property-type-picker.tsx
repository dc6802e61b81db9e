import { useId } from "react";
import { useController } from "react-hook-form";
import { Checkbox } from "@/components/ui/checkbox";
import type { CriteriaDraft } from "@/lib/criteria/criteria-draft";
import type { Lookup } from "@/lib/criteria/lookups";
import { FieldGroup } from "./field-group";

/** Every property type CoStar knows, those that take a market filter first. */
export function PropertyTypePicker({ types }: { types: readonly Lookup[] }) {
  const { field, fieldState } = useController<CriteriaDraft, "propertyTypes">({ name: "propertyTypes" });
  const id = useId();
  const picked = new Set(field.value);
  const sorted = [...types].sort((a, b) => Number(b.marketFilter) - Number(a.marketFilter));
  const toggle = (type: number, on: boolean) =>
    field.onChange(on ? [...field.value, type] : field.value.filter((other) => other !== type));
  return (
    <FieldGroup
      legend="Property types"
      required
      hint="Types marked * are searched by an area on the map: CoStar takes no market filter for them."
      error={fieldState.error?.message}
      onLeave={field.onBlur}
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
