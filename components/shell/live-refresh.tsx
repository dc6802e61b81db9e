"use client";

import { createBrowserClient } from "@supabase/ssr";
import { RadioIcon, RefreshCwIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";
import { useDebouncedCallback } from "use-debounce";

const QUIET_MS = 250;
const AT_LATEST_MS = 1_000;

let channelsOpened = 0;

type LiveRefreshProps = {
  /** The Supabase API's address as the browser reaches it, and its publishable key. */
  url: string;
  publishableKey: string;
  /** Tables whose changes change this page. */
  tables: readonly string[];
};

type Connection = "connecting" | "live" | "reconnecting";

/**
 * Renders the page anew 250 ms after anything in its tables changes, when the connection comes back, and when the tab is
 * looked at again. Says whether it is live.
 */
export function LiveRefresh({ url, publishableKey, tables }: LiveRefreshProps) {
  const [connection, setConnection] = useState<Connection>("connecting");
  const refresh = useDebouncedCallback(useOneRefresh(), QUIET_MS, { maxWait: AT_LATEST_MS });
  const watched = tables.join(",");

  useEffect(() => {
    const refreshIfSeen = () => document.visibilityState === "visible" && refresh();
    const stop = watchTables(url, publishableKey, watched.split(","), refresh, setConnection);
    window.addEventListener("focus", refreshIfSeen);
    document.addEventListener("visibilitychange", refreshIfSeen);
    return () => {
      refresh.cancel();
      window.removeEventListener("focus", refreshIfSeen);
      document.removeEventListener("visibilitychange", refreshIfSeen);
      stop();
    };
  }, [refresh, url, publishableKey, watched]);

  return <LiveIndicator connection={connection} />;
}

/**
 * Refreshes the page, one refresh at a time: a newer one would throw away the one under way, and a page that takes
 * longer to render than changes take to arrive would never be seen. What changed meanwhile is one more refresh afterwards.
 */
function useOneRefresh(): () => void {
  const router = useRouter();
  const [busy, start] = useTransition();
  const [wanted, setWanted] = useState(0);
  const done = useRef(0);
  useEffect(() => {
    if (busy || wanted === done.current) return;
    done.current = wanted;
    start(() => router.refresh());
  }, [busy, wanted, router]);
  return useCallback(() => setWanted((count) => count + 1), []);
}

/** Subscribes to every change of the tables. Returns the way to stop. */
function watchTables(
  url: string,
  publishableKey: string,
  tables: string[],
  refresh: () => void,
  report: (connection: Connection) => void,
): () => void {
  const client = createBrowserClient(url, publishableKey);
  // A name of its own: a channel still leaving under the same name would be handed back and refuse new listeners.
  const channel = client.channel(`page:${++channelsOpened}`);
  for (const table of tables)
    channel.on("postgres_changes", { event: "*", schema: "public", table }, () => refresh());
  let stopped = false;
  let lost = false;
  function subscribe() {
    if (stopped) return;
    channel.subscribe((status) => {
      if (stopped) return;
      if (status === "SUBSCRIBED") {
        report("live");
        // What changed while the connection was away was not told.
        if (lost) refresh();
        lost = false;
      } else {
        lost = true;
        report("reconnecting");
      }
    });
  }
  // The session's token must be on the socket before it joins, or row-level security shows it nothing.
  client.realtime.setAuth().then(subscribe, subscribe);
  return () => {
    stopped = true;
    void client.removeChannel(channel);
  };
}

function LiveIndicator({ connection }: { connection: Connection }) {
  return (
    <span
      aria-live="polite"
      className="inline-flex items-center gap-1 text-xs whitespace-nowrap text-muted-foreground"
    >
      {connection === "live" && (
        <>
          <RadioIcon aria-hidden="true" className="size-3.5 text-positive" />
          <span className="max-md:sr-only">Live</span>
        </>
      )}
      {connection === "reconnecting" && (
        <>
          <RefreshCwIcon aria-hidden="true" className="size-3.5 text-attention" />
          <span className="max-md:sr-only">Reconnecting…</span>
        </>
      )}
    </span>
  );
}
