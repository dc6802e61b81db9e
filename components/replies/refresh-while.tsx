"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Renders the page anew every so often while something on it moves that no table change tells of. */
export function RefreshWhile({ moving, everyMs = 2000 }: { moving: boolean; everyMs?: number }) {
  const router = useRouter();
  useEffect(() => {
    if (!moving) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, moving, everyMs]);
  return null;
}
