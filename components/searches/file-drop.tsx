"use client";

import { FileJsonIcon } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { checkFileSize } from "@/lib/searches/read-criteria-file";
import { cn } from "@/lib/ui/cn";

type FileDropProps = {
  onText: (text: string, name: string) => void;
  /** In words: what was wrong with what was dropped. */
  onRefused: (message: string) => void;
};

/** A place to drop a file on, with a button that chooses one. The size is looked at before anything is read. */
export function FileDrop({ onText, onRefused }: FileDropProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  async function take(files: FileList | null) {
    const file = files?.[0];
    if (!file) return;
    if (files.length > 1)
      return onRefused("These are several files. Take them one by one: each is one search.");
    const tooLarge = checkFileSize(file.name, file.size);
    if (tooLarge) return onRefused(tooLarge);
    try {
      onText(await file.text(), file.name);
    } catch {
      // A folder, or a file that went away between the drop and the reading.
      onRefused(`${file.name} could not be read. Is it a file, and still there?`);
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the button inside does the same.
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer.files);
      }}
      className={cn(
        "flex flex-col items-center gap-3 rounded-lg border border-dashed border-input bg-card px-4 py-8 text-center",
        over && "border-primary bg-primary-soft",
      )}
    >
      <FileJsonIcon aria-hidden="true" className="size-6 text-muted-foreground" />
      <p>
        <span className="max-md:hidden">Drop a JSON file here, or </span>
        <span className="md:hidden">Criteria as a JSON file: </span>
        <Button variant="outline" onClick={() => input.current?.click()} className="ml-1">
          Choose a file
        </Button>
      </p>
      <p id={id} className="text-xs text-muted-foreground">
        At most 256 kB. It is read in your browser and shown to you before anything starts.
      </p>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        className="sr-only"
        tabIndex={-1}
        aria-label="Criteria as a JSON file"
        aria-describedby={id}
        onChange={(event) => {
          void take(event.target.files);
          // The same file chosen again is a change again: it may have been mended meanwhile.
          event.target.value = "";
        }}
      />
    </div>
  );
}
