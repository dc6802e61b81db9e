"use client";

import { BanIcon } from "lucide-react";
import { type SubmitEvent, useRef, useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";

type Kind = "address" | "domain";
type ExcludeFormProps = {
  onExclude: Action<{ kind: Kind; value: string; reason: string }, { value: string }>;
};

/** Excludes an address or a domain by hand. A reason is asked for, because it is kept for ever. */
export function ExcludeForm({ onExclude }: ExcludeFormProps) {
  const { pending, act } = useAct();
  const [kind, setKind] = useState<Kind>("address");
  const [missing, setMissing] = useState<{ value?: string; reason?: string }>({});
  const form = useRef<HTMLFormElement>(null);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const value = String(data.get("value") ?? "").trim();
    const reason = String(data.get("reason") ?? "").trim();
    const problems = {
      ...(value ? {} : { value: kind === "domain" ? "Type a domain like example.com." : "Type an address." }),
      ...(reason ? {} : { reason: "Say why it is excluded." }),
    };
    setMissing(problems);
    if (!value || !reason) return;
    act(
      "Nothing was excluded.",
      () => onExclude({ kind, value, reason }),
      (done) => {
        form.current?.reset();
        setKind("address");
        toast.success(`${done.value} is excluded.`, {
          description: "What was scheduled to it is cancelled.",
        });
      },
    );
  }
  return (
    <form
      ref={form}
      onSubmit={submit}
      className="grid items-start gap-3 sm:grid-cols-[8rem_1fr_1fr_auto]"
      noValidate
    >
      <Field label="What">
        {(control) => (
          <NativeSelect
            {...control}
            value={kind}
            onChange={(event) => setKind(event.target.value === "domain" ? "domain" : "address")}
          >
            <option value="address">Address</option>
            <option value="domain">Domain</option>
          </NativeSelect>
        )}
      </Field>
      <Field label={kind === "domain" ? "Domain" : "Address"} error={missing.value}>
        {(control) => (
          <Input
            {...control}
            name="value"
            placeholder={kind === "domain" ? "example.com" : "owner@example.com"}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            maxLength={254}
          />
        )}
      </Field>
      <Field label="Why?" error={missing.reason}>
        {(control) => <Input {...control} name="reason" maxLength={500} autoComplete="off" />}
      </Field>
      <SubmitButton pending={pending} variant="outline" className="sm:mt-[1.625rem]">
        <BanIcon /> Exclude
      </SubmitButton>
    </form>
  );
}
