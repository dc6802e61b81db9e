"use client";

import { FileSpreadsheetIcon } from "lucide-react";
import { FileDrop } from "@/components/shell/file-drop";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { useUpload } from "./use-upload";

/** A place to drop a CoStar export on. The file is sent, read, and shown before anything is imported. */
export function ImportDrop({ endpoint }: { endpoint: string }) {
  const { sending, problem, send, refuse } = useUpload(endpoint);
  return (
    <div className="grid gap-4">
      <FileDrop
        label="CoStar export"
        invitation="Drop the export here, or"
        hint="Excel (.xlsx), CSV or TSV with a header row, up to 100,000 rows. Needed are a property address and an e-mail column; the others are found by their names. You see what each row would do before anything is imported."
        icon={<FileSpreadsheetIcon />}
        accept=".xlsx,.csv,.tsv,.txt,.gz"
        busy={sending && `Sending and reading ${sending} …`}
        oneByOne="Take them one by one: each is one import."
        onFile={(file) => void send(file)}
        onRefused={refuse}
      />
      <div aria-live="polite">
        {problem && (
          <Alert variant="danger">
            <AlertTitle>Nothing was imported</AlertTitle>
            <AlertDescription className="break-words">{problem}</AlertDescription>
          </Alert>
        )}
      </div>
    </div>
  );
}
