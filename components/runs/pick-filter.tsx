"use client";

import { useRouter } from "next/navigation";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";

type PickFilterProps = {
  label: string;
  /** The address each choice leads to, and its words. */
  options: { href: string; label: string }[];
  current: string;
};

/** A filter with too many values for tabs; the address holds it. */
export function PickFilter({ label, options, current }: PickFilterProps) {
  const router = useRouter();
  return (
    <Field label={label} className="w-44">
      {(control) => (
        <NativeSelect {...control} value={current} onChange={(event) => router.push(event.target.value)}>
          {options.map((option) => (
            <option key={option.href} value={option.href}>
              {option.label}
            </option>
          ))}
        </NativeSelect>
      )}
    </Field>
  );
}
