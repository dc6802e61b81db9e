import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { FieldGroup } from "./field-group";

type ToggleListProps = {
  legend: string;
  hint?: string;
  options: readonly { value: string; label: string }[];
  value: string[];
  onChange: (value: string[]) => void;
};

/** A few options side by side, any number of which may be on. */
export function ToggleList({ legend, hint, options, value, onChange }: ToggleListProps) {
  return (
    <FieldGroup legend={legend} hint={hint}>
      {(control) => (
        <ToggleGroup type="multiple" value={value} onValueChange={onChange} aria-label={legend} {...control}>
          {options.map((option) => (
            <ToggleGroupItem key={option.value} value={option.value} className="flex-auto px-3">
              {option.label}
            </ToggleGroupItem>
          ))}
        </ToggleGroup>
      )}
    </FieldGroup>
  );
}
