"use client";

import { useEffect, useState } from "react";

/** Seconds until a moment, counting down; after it, what `over` says. Read out only when it begins and when it is over. */
export function SecondsLeft({ until, over }: { until: string; over: string }) {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const count = () => setLeft(Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000)));
    count();
    const timer = setInterval(count, 500);
    return () => clearInterval(timer);
  }, [until]);
  // The server's clock says nothing about how long the page was on its way: counting starts in the browser.
  if (left === null) return <span className="invisible tabular-nums">000 s left</span>;
  if (left === 0) return <span>{over}</span>;
  return (
    <span className="tabular-nums" aria-live="off">
      {left} s left
    </span>
  );
}
