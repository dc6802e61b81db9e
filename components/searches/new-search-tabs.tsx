"use client";

import { FileJsonIcon, ListChecksIcon } from "lucide-react";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { CriteriaDraft } from "@/lib/searches/criteria-draft";
import type { Lookups } from "@/lib/sourcing/lookups";
import { CriteriaFileTab } from "./criteria-file";
import { CriteriaForm } from "./criteria-form";
import type { StartSearch } from "./use-start";

type NewSearchTabsProps = {
  lookups: Lookups;
  start: CriteriaDraft;
  draftKey: string;
  onStart: StartSearch;
};

/** The two ways a person brings criteria in. */
export function NewSearchTabs({ lookups, start, draftKey, onStart }: NewSearchTabsProps) {
  return (
    <Tabs defaultValue="form">
      <TabsList aria-label="How the criteria come in">
        <TabsTrigger value="form">
          <ListChecksIcon aria-hidden="true" /> Fill in the form
        </TabsTrigger>
        <TabsTrigger value="file">
          <FileJsonIcon aria-hidden="true" /> From a JSON file
        </TabsTrigger>
      </TabsList>
      <TabsContent value="form">
        <CriteriaForm lookups={lookups} start={start} draftKey={draftKey} onStart={onStart} />
      </TabsContent>
      <TabsContent value="file">
        <CriteriaFileTab lookups={lookups} onStart={onStart} />
      </TabsContent>
    </Tabs>
  );
}
