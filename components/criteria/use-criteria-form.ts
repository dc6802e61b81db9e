"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMemo, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useKept } from "@/components/shell/use-kept";
import type { FieldProblem } from "@/lib/criteria/check-criteria";
import {
  type CriteriaDraft,
  criteriaFormSchema,
  isUntouched,
  problemsOfForm,
  readKeptDraft,
  writeKeptDraft,
} from "@/lib/criteria/criteria-draft";
import type { Lookups } from "@/lib/criteria/lookups";

/**
 * The form's draft, kept in this browser under `key` while it differs from `start`, and what is wrong with it: each
 * field from its first blur on, all of them once asked to start. `restoredFrom` is when the draft that came back was
 * kept (ISO).
 */
export function useCriteriaForm(key: string, start: CriteriaDraft, lookups: Lookups) {
  const resolver = useMemo(() => zodResolver(criteriaFormSchema(lookups)), [lookups]);
  const form = useForm<CriteriaDraft, unknown, unknown>({
    resolver,
    defaultValues: start,
    mode: "onTouched",
    shouldFocusError: false,
  });
  const draft = useWatch({ control: form.control }) as CriteriaDraft;
  const [restoredFrom, setRestoredFrom] = useState<string | null>(null);
  const isDirty = !isUntouched(draft, start);
  // Written anew only for another draft: a rendering after it was forgotten must not bring it back.
  const text = useMemo(() => (isDirty ? writeKeptDraft(draft, new Date()) : null), [draft, isDirty]);
  const forget = useKept(key, text, (found) => {
    const kept = readKeptDraft(found);
    if (!kept) return;
    form.reset(kept.draft, { keepDefaultValues: true });
    setRestoredFrom(kept.keptAt);
  });

  return {
    form,
    restoredFrom,
    isDirty,
    forget,
    /** Begins anew; the draft that was there is answered, so that it can be brought back. */
    discard(): CriteriaDraft {
      form.reset(start);
      setRestoredFrom(null);
      return draft;
    },
    /** What the server found, shown at its fields. */
    refuse(problems: readonly FieldProblem[]): void {
      for (const { field, message } of problemsOfForm(problems)) form.setError(field, { message });
    },
  };
}
