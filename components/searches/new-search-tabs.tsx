"use client";

import { FileJsonIcon, FileSpreadsheetIcon, ListChecksIcon } from "lucide-react";
import { useState } from "react";
import { CriteriaFileTab } from "@/components/criteria/criteria-file";
import { CriteriaForm } from "@/components/criteria/criteria-form";
import type { StartSearch } from "@/components/criteria/use-start";
import { ImportDrop } from "@/components/imports/import-drop";
import { useKept } from "@/components/shell/use-kept";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { CriteriaDraft } from "@/lib/criteria/criteria-draft";
import type { Lookups } from "@/lib/criteria/lookups";

type NewSearchTabsProps = {
  lookups: Lookups;
  start: CriteriaDraft;
  draftKey: string;
  onStart: StartSearch;
};

const isTab = (tab: string) => ["form", "file", "export"].includes(tab);

/** The ways a person begins a search. Which one is kept over a reload, as is what was typed in it. */
export function NewSearchTabs({ lookups, start, draftKey, onStart }: NewSearchTabsProps) {
  const [tab, setTab] = useState("");
  useKept(`${draftKey}:tab`, tab, setTab);
  return (
    <Tabs value={isTab(tab) ? tab : "form"} onValueChange={setTab}>
      <TabsList aria-label="How the criteria come in">
        <TabsTrigger value="form">
          <ListChecksIcon aria-hidden="true" /> Fill in the form
        </TabsTrigger>
        <TabsTrigger value="file">
          <FileJsonIcon aria-hidden="true" /> From a JSON file
        </TabsTrigger>
        <TabsTrigger value="export">
          <FileSpreadsheetIcon aria-hidden="true" /> From a CoStar export
        </TabsTrigger>
      </TabsList>
      <TabsContent value="form">
        <CriteriaForm lookups={lookups} start={start} draftKey={draftKey} onStart={onStart} />
      </TabsContent>
      <TabsContent value="file">
        <CriteriaFileTab lookups={lookups} draftKey={`${draftKey}:json`} onStart={onStart} />
      </TabsContent>
      <TabsContent value="export" className="grid gap-4">
        <p className="max-w-prose">
          A list of owners you exported from CoStar by hand becomes a search of its own: no payloads, no 2FA.
          The campaign waits for your approval as usual.
        </p>
        <ImportDrop endpoint="/api/imports" />
      </TabsContent>
    </Tabs>
  );
}
