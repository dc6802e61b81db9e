"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";

/**
 * Renders the page anew every so often while something on it moves that no table change tells of. The next time is
 * counted from when the last rendering arrived, so that a slow server is not asked faster than it answers.
 */
export function RefreshWhile({ moving, everyMs = 2000 }: { moving: boolean; everyMs?: number }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  useEffect(() => {
    if (!moving || pending) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") start(() => router.refresh());
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, moving, pending, everyMs]);
  return null;
}
