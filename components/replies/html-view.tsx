"use client";

import { CodeIcon, EyeOffIcon } from "lucide-react";
import { useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { tameHtml } from "./tame-html";

/** The mail as its writer laid it out, fetched and drawn only when asked for, in a frame that can do nothing. */
export function HtmlView({
  emailId,
  onRead,
}: {
  emailId: string;
  onRead: Action<{ emailId: string }, string | null>;
}) {
  const { pending, act } = useAct();
  const [document, setDocument] = useState<string | null>(null);
  function open() {
    act(
      "The mail could not be shown.",
      () => onRead({ emailId }),
      (html) => setDocument(html ? tameHtml(html) : ""),
    );
  }
  if (document === null)
    return (
      <Button
        variant="outline"
        size="sm"
        className="justify-self-start"
        onClick={open}
        aria-busy={pending}
        disabled={pending}
      >
        <CodeIcon /> Show the original layout
      </Button>
    );
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-xs text-muted-foreground">
          Nothing in it can run, load or send. Pictures from the web and links are left out.
        </p>
        <Button variant="outline" size="sm" onClick={() => setDocument(null)}>
          <EyeOffIcon /> Back to text
        </Button>
      </div>
      {document ? (
        <iframe
          title="The mail's original layout"
          sandbox=""
          srcDoc={document}
          referrerPolicy="no-referrer"
          className="h-96 w-full rounded-md border bg-white"
        />
      ) : (
        <p className="text-muted-foreground">This mail came as plain text only.</p>
      )}
    </div>
  );
}
