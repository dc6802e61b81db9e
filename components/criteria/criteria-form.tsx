"use client";

import { CircleAlertIcon } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { FormProvider } from "react-hook-form";
import { ActionBar } from "@/components/shell/action-bar";
import { nameKey } from "@/components/shell/read-key";
import { Section } from "@/components/shell/section";
import { useOnMac } from "@/components/shell/use-on-mac";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/words/time";
import type { CriteriaDraft } from "@/lib/criteria/criteria-draft";
import type { Lookups } from "@/lib/criteria/lookups";
import { BuyerFields, PropertyFields, TermsFields } from "./criteria-fields";
import { useCriteriaForm } from "./use-criteria-form";
import type { StartSearch } from "./use-start";
import { useStart } from "./use-start";

type CriteriaFormProps = {
  lookups: Lookups;
  /** What the form begins with. */
  start: CriteriaDraft;
  /** Names the draft in this browser's storage. */
  draftKey: string;
  onStart: StartSearch;
};

/** Buyer criteria, field by field. What is typed is kept in the browser until it is a search. */
export function CriteriaForm({ lookups, start, draftKey, onStart }: CriteriaFormProps) {
  const { form, restoredFrom, isDirty, forget, discard, refuse } = useCriteriaForm(draftKey, start, lookups);
  const { pending, run } = useStart(onStart);
  const [refusals, setRefusals] = useState(0);
  const ref = useRef<HTMLFormElement>(null);
  const onMac = useOnMac();
  const count = Object.keys(form.formState.errors).length;
  useShortcuts({
    "mod+enter": { label: "Start the search", run: () => ref.current?.requestSubmit(), disabled: pending },
  });
  // After a refused start the first field with a problem is where to go on.
  useEffect(() => {
    if (refusals > 0) ref.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [refusals]);

  const goBack = () => setRefusals((times) => times + 1);
  const submit = form.handleSubmit((criteria) => {
    if (pending) return;
    run(criteria, "form", {
      onStarted: forget,
      onRefused(problems) {
        refuse(problems);
        goBack();
      },
    });
  }, goBack);

  function discardDraft() {
    const dropped = discard();
    toast("The draft is discarded.", {
      action: { label: "Undo", onClick: () => form.reset(dropped, { keepDefaultValues: true }) },
    });
  }

  return (
    <FormProvider {...form}>
      <form ref={ref} onSubmit={(event) => void submit(event)} noValidate>
        {restoredFrom && isDirty && (
          <Alert variant="info" className="mb-5">
            <AlertTitle>Your draft is back</AlertTitle>
            <AlertDescription>
              <p>
                It was kept in this browser <Time iso={restoredFrom} />. Go on where you stopped, or discard
                it below.
              </p>
            </AlertDescription>
          </Alert>
        )}
        <Section title="Who buys" frame="card">
          <BuyerFields />
        </Section>
        <Section title="What and where" frame="card">
          <PropertyFields lookups={lookups} />
        </Section>
        <Section title="Why they may sell, and by when" frame="card">
          <TermsFields />
        </Section>
        <ActionBar
          summary={
            <div aria-live="polite">
              {refusals > 0 && count > 0 ? (
                <p className="flex items-center gap-1.5 font-semibold text-danger">
                  <CircleAlertIcon aria-hidden="true" className="size-4 shrink-0" />
                  {count === 1 ? "One field needs another look." : `${count} fields need another look.`}
                </p>
              ) : (
                <p>
                  Starting lets the sourcing agent write CoStar payloads. CoStar is asked nothing before you
                  approve the extraction.
                </p>
              )}
            </div>
          }
        >
          {isDirty && (
            <Button variant="outline" onClick={discardDraft} disabled={pending}>
              Discard draft
            </Button>
          )}
          <SubmitButton pending={pending}>
            Start search
            <Kbd aria-hidden="true">{nameKey("mod+enter", onMac).replace("ENTER", "Enter")}</Kbd>
          </SubmitButton>
        </ActionBar>
      </form>
    </FormProvider>
  );
}
