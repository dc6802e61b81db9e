import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";

type FlexibleBoxProps = { label: string; checked: boolean; onChange: (checked: boolean) => void };

export function FlexibleBox({ label, checked, onChange }: FlexibleBoxProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-8 w-fit items-center gap-2 touch:min-h-11">
      <Checkbox id={id} checked={checked} onCheckedChange={(on) => onChange(on === true)} />
      {label}
    </label>
  );
}
