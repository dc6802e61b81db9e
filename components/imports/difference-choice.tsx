"use client";

import { useOptimistic } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { sayField } from "@/lib/imports/columns";
import type { DifferingField, Take } from "@/lib/imports/differences";

/** Where a person says whose value stays; nobody can once the import has started. */
export type ImportChoice = {
  readonly importId: string;
  readonly onChoose: Action<{ id: string; field: DifferingField; row: number; take: Take }> | null;
};

type DifferenceChoiceProps = ImportChoice & {
  readonly field: DifferingField;
  /** 0 for the whole column */
  readonly row: number;
  /** Null when the rows of a column are not all chosen alike */
  readonly take: Take | null;
};

/** Keep what is known, or take what the file says: for one row, or for a whole column. */
export function DifferenceChoice({ importId, field, row, take, onChoose }: DifferenceChoiceProps) {
  const { pending, act } = useAct();
  const [shown, show] = useOptimistic(take);
  if (!onChoose) return null;
  const choose = (pressed: string) => {
    // Pressed again, a column's choice is once more for all of its rows.
    const next = pressed || (row === 0 ? shown : null);
    if (next !== "ours" && next !== "file") return;
    act("Nothing was chosen.", () => {
      show(next);
      return onChoose({ id: importId, field, row, take: next });
    });
  };
  const where = row === 0 ? "in every row" : `in row ${row.toLocaleString("en-US")}`;
  return (
    <ToggleGroup
      type="single"
      value={shown ?? ""}
      onValueChange={choose}
      disabled={pending}
      aria-label={`${sayField(field)} ${where}: whose value stays`}
      className="shrink-0"
    >
      <ToggleGroupItem value="ours" className="text-xs">
        Keep ours
      </ToggleGroupItem>
      <ToggleGroupItem value="file" className="text-xs">
        Take the file’s
      </ToggleGroupItem>
    </ToggleGroup>
  );
}
