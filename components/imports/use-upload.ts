"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { z } from "zod";
import { compressFile } from "./compress-file";

const answerSchema = z.object({ id: z.string(), url: z.string() });
const problemSchema = z.object({ message: z.string() });

/** Sends an export to `endpoint` and goes to its preview; what is wrong with it is said in words. */
export function useUpload(endpoint: string) {
  const router = useRouter();
  const [sending, setSending] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  async function send(file: File) {
    setProblem(null);
    setSending(file.name);
    try {
      const form = new FormData();
      form.set("file", await compressFile(file));
      const response = await fetch(endpoint, { method: "POST", body: form });
      const body: unknown = await response.json();
      const answer = answerSchema.safeParse(body);
      if (response.ok && answer.success) return router.push(answer.data.url);
      setProblem(problemSchema.safeParse(body).data?.message ?? "The server could not take the file.");
    } catch {
      // No answer, or none of ours: a proxy in between, the server away, the file gone.
      setProblem(
        "The file did not reach the server. It may have been moved or be open elsewhere; try again.",
      );
    }
    setSending(null);
  }
  return { sending, problem, send, refuse: setProblem };
}
