"use client";

import { type Action, useAct } from "@/components/shell/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import { toast } from "@/components/ui/sonner";

type AssignSelectProps = {
  emailId: string;
  operators: readonly { id: string; name: string }[];
  assignedTo: string | null;
  me: string;
  onAssign: Action<{ emailId: string; operatorId: string | null }>;
};

const SELECT_ID = "reply-assignee";

/** Whose mail it is to answer. */
export function AssignSelect({ emailId, operators, assignedTo, me, onAssign }: AssignSelectProps) {
  const { pending, act } = useAct();
  function assign(operatorId: string | null) {
    const name = operators.find(({ id }) => id === operatorId)?.name;
    act(
      "The mail was not assigned.",
      () => onAssign({ emailId, operatorId }),
      () => toast.success(name ? `Assigned to ${name}.` : "It is everybody's again."),
    );
  }
  const take = () => assign(assignedTo === me ? null : me);
  const takeWords = assignedTo === me ? "Give it back" : "Take it";
  useShortcuts({ m: { label: takeWords, run: take, disabled: pending } });
  return (
    <div className="grid gap-1.5">
      <Label htmlFor={SELECT_ID}>Who answers it</Label>
      <div className="flex gap-2">
        <NativeSelect
          id={SELECT_ID}
          value={assignedTo ?? ""}
          disabled={pending}
          onChange={(event) => assign(event.target.value || null)}
        >
          <option value="">Everybody</option>
          {operators.map(({ id, name }) => (
            <option key={id} value={id}>
              {id === me ? `${name} (you)` : name}
            </option>
          ))}
        </NativeSelect>
        <Button variant="outline" disabled={pending} onClick={take}>
          {takeWords} <Kbd aria-hidden="true">m</Kbd>
        </Button>
      </div>
    </div>
  );
}
