"use client";

import { FileSpreadsheetIcon, LoaderIcon } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/ui/cn";
import { useUpload } from "./use-upload";

/** A place to drop a CoStar export on, with a button that chooses one. The file is sent, read, and shown before anything is imported. */
export function ImportDrop({ endpoint }: { endpoint: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const { sending, problem, send, refuse } = useUpload(endpoint);

  function take(files: FileList | null) {
    const file = files?.[0];
    if (!file || sending) return;
    if (files.length > 1) return refuse("These are several files. Take them one by one: each is one import.");
    void send(file);
  }

  return (
    <div className="grid gap-4">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the button inside does the same. */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
        className={cn(
          "flex flex-col items-center gap-3 rounded-lg border border-dashed border-input bg-card px-4 py-10 text-center",
          over && "border-primary bg-primary-soft",
        )}
      >
        {sending ? (
          <p role="status" className="flex items-center gap-2">
            <LoaderIcon aria-hidden="true" className="size-4 animate-spin motion-reduce:animate-none" />
            <span className="break-all">Sending and reading {sending} …</span>
          </p>
        ) : (
          <>
            <FileSpreadsheetIcon aria-hidden="true" className="size-6 text-muted-foreground" />
            <p>
              <span className="max-md:hidden">Drop the export here, or </span>
              <Button onClick={() => input.current?.click()} aria-describedby={id} className="ml-1">
                Choose a file
              </Button>
            </p>
          </>
        )}
        <p id={id} className="max-w-prose text-xs text-muted-foreground">
          Excel (.xlsx), CSV or TSV with a header row, up to 100,000 rows. Needed are a property address and
          an e-mail column; the others are found by their names. You see what each row would do before
          anything is imported.
        </p>
        <input
          ref={input}
          type="file"
          accept=".xlsx,.csv,.tsv,.txt,.gz"
          className="sr-only"
          tabIndex={-1}
          aria-label="CoStar export"
          onChange={(event) => {
            take(event.target.files);
            // The same file chosen again is a change again: it may have been mended meanwhile.
            event.target.value = "";
          }}
        />
      </div>
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
