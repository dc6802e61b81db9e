"use client";

import { PencilIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { type Rewrite, RewriteForm } from "./rewrite-form";

type EditLearningProps = {
  learning: { id: string; words: string; tags: readonly string[] };
  onRewrite: Rewrite;
};

/** Edits a learning: the old words are kept with what they became. */
export function EditLearning({ learning, onRewrite }: EditLearningProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="outline" size="sm" onClick={() => setOpen(true)}>
        <PencilIcon /> Edit
      </Button>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent>
          <DialogHeader>
            <DialogTitle>Edit this learning</DialogTitle>
            <DialogDescription>
              Later prompts carry the new words. Runs that were given the old ones keep saying so.
            </DialogDescription>
          </DialogHeader>
          <RewriteForm
            ids={[learning.id]}
            words={learning.words}
            tags={learning.tags}
            submit="Save"
            onRewrite={onRewrite}
            onDone={(id) => {
              setOpen(false);
              router.push(`/settings/learnings/${id}`);
            }}
          />
        </DialogContent>
      </Dialog>
    </>
  );
}
