"use client";

import { useMemo, useState } from "react";
import { checkCriteria, type FieldProblem } from "@/lib/criteria/check-criteria";
import { type CriteriaDraft, findUnreadable, toCriteria } from "@/lib/criteria/criteria-draft";
import type { Lookups } from "@/lib/criteria/lookups";
import { byField } from "@/lib/criteria/say-problem";
import { useKeptDraft } from "./use-kept-draft";

const NOTHING: readonly FieldProblem[] = [];

/** The form's draft and what is wrong with it: each field from its first blur on, all of them once asked to start. */
export function useCriteriaForm(key: string, start: CriteriaDraft, lookups: Lookups) {
  const kept = useKeptDraft(key, start);
  const { draft, setDraft } = kept;
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const [showAll, setShowAll] = useState(false);
  const [refused, setRefused] = useState(NOTHING);

  const errors = useMemo(() => {
    const checked = checkCriteria(toCriteria(draft), lookups);
    return byField([...findUnreadable(draft), ...refused, ...(checked.ok ? [] : checked.problems)]);
  }, [draft, lookups, refused]);

  return {
    ...kept,
    errors,
    set<Field extends keyof CriteriaDraft>(field: Field, value: CriteriaDraft[Field]) {
      setDraft((now) => ({ ...now, [field]: value }));
      setRefused(NOTHING);
    },
    /** The field was left; what is wrong with it may be said now. */
    leave: (...paths: string[]) => setSeen((now) => new Set([...now, ...paths])),
    errorOf: (path: string) => (showAll || seen.has(path) ? errors[path] : undefined),
    showAllErrors: () => setShowAll(true),
    /** What the server found, shown at its fields until something changes. */
    refuse: (problems: readonly FieldProblem[]) => {
      setRefused(problems);
      setShowAll(true);
    },
    reset: () => {
      setSeen(new Set());
      setShowAll(false);
      setRefused(NOTHING);
    },
  };
}

export type CriteriaForm = ReturnType<typeof useCriteriaForm>;
