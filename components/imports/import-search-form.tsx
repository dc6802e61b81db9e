"use client";

import { useRef } from "react";
import { FormProvider } from "react-hook-form";
import { MarketPicker } from "@/components/criteria/market-picker";
import { PropertyTypePicker } from "@/components/criteria/property-type-picker";
import { TextField } from "@/components/criteria/text-field";
import { useCriteriaForm } from "@/components/criteria/use-criteria-form";
import { Section } from "@/components/shell/section";
import type { CriteriaDraft } from "@/lib/criteria/criteria-draft";
import type { Lookups } from "@/lib/criteria/lookups";
import { ImportStart, type ImportStartProps } from "./import-start";

type ImportSearchFormProps = ImportStartProps & { lookups: Lookups; start: CriteriaDraft };

/** What a search made from a file needs to be told: its name, its buyer, and what the file holds. Kept over a reload. */
export function ImportSearchForm({ lookups, start, ...props }: ImportSearchFormProps) {
  const { form, forget } = useCriteriaForm(`upstream:import:${props.importId}`, start, lookups);
  const ref = useRef<HTMLDivElement>(null);

  async function readCriteria() {
    const read: { criteria: unknown }[] = [];
    await form.handleSubmit(
      (criteria) => {
        forget();
        read.push({ criteria });
      },
      // The errors are there after the next rendering; the first of them is where to go on.
      () =>
        requestAnimationFrame(() => ref.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus()),
    )();
    return read[0] ?? null;
  }

  return (
    <FormProvider {...form}>
      <Section
        title="The new search"
        description="What the campaign and later searches should know about this list."
      >
        <div ref={ref} className="grid gap-5 rounded-lg border bg-card p-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField name="name" label="Name of the search" required maxLength={200} />
            <TextField name="buyerName" label="Buyer" required maxLength={200} />
          </div>
          <PropertyTypePicker types={lookups.propertyTypes} />
          <MarketPicker markets={lookups.markets} />
        </div>
      </Section>
      <ImportStart {...props} before={readCriteria} />
    </FormProvider>
  );
}
