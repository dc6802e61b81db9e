"use client";

import { LoaderIcon } from "lucide-react";
import { type ComponentProps, type ReactNode, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

type FileDropProps = {
  /** Names the file for those who cannot see the surface: "CoStar export". */
  label: string;
  /** "Drop the export here, or": said before the button where there is room to drop something. */
  invitation: string;
  hint: ReactNode;
  icon: ReactNode;
  /** As the browser's `accept`: ".json,.csv" */
  accept: string;
  buttonVariant?: ComponentProps<typeof Button>["variant"];
  /** What is being done with a file; nothing else is taken meanwhile. */
  busy?: string | null;
  /** "Take them one by one: each is one search." */
  oneByOne: string;
  onFile: (file: File) => void;
  /** In words: what was wrong with what was dropped. */
  onRefused: (message: string) => void;
};

/** A place to drop one file on, with a button that chooses it. What is in the file is for its taker to judge. */
export function FileDrop({
  label,
  invitation,
  hint,
  icon,
  accept,
  buttonVariant,
  busy = null,
  oneByOne,
  onFile,
  onRefused,
}: FileDropProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function take(files: FileList | null) {
    const file = files?.[0];
    if (!file || busy) return;
    if (files.length > 1) return onRefused(`These are several files. ${oneByOne}`);
    onFile(file);
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
        take(event.dataTransfer.files);
      }}
      className={cn(
        "flex flex-col items-center gap-3 rounded-lg border border-dashed border-input bg-card px-4 py-8 text-center",
        over && "border-primary bg-primary-soft",
      )}
    >
      {busy ? (
        <p role="status" className="flex items-center gap-2">
          <LoaderIcon aria-hidden="true" className="size-4 animate-spin motion-reduce:animate-none" />
          <span className="break-all">{busy}</span>
        </p>
      ) : (
        <>
          <span aria-hidden="true" className="text-muted-foreground [&_svg]:size-6">
            {icon}
          </span>
          <p>
            <span className="max-md:hidden">{invitation} </span>
            <Button
              variant={buttonVariant}
              onClick={() => input.current?.click()}
              aria-describedby={id}
              className="ml-1"
            >
              Choose a file
            </Button>
          </p>
        </>
      )}
      <p id={id} className="max-w-prose text-xs text-muted-foreground">
        {hint}
      </p>
      <input
        ref={input}
        type="file"
        accept={accept}
        className="sr-only"
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          take(event.target.files);
          // The same file chosen again is a change again: it may have been mended meanwhile.
          event.target.value = "";
        }}
      />
    </div>
  );
}
