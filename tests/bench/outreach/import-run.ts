import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import { moveExtraction } from "@/lib/costar/extraction";
import { checkImportBatch } from "@/lib/imports/check-import";
import { receiveImport } from "@/lib/imports/receive-import";
import { openImportExtraction, runImportBatch } from "@/lib/imports/run-import";
import { LOCAL_SERVICE_KEY } from "@/lib/server/local-keys";
import { serviceDb } from "@/lib/server/service-client";
import { percentile, round } from "../suite";
import { writeExport } from "./export-file";

// Started by import.ts in a process of its own, because the product reads its settings once per process.
const ROWS = Number(process.env.BENCH_IMPORT_ROWS ?? 50_000);

async function timeImport(): Promise<number> {
  const db = serviceDb();
  const bytes = Buffer.from(writeExport(ROWS));
  const waits = watchReads();
  const began = performance.now();
  const say = (what: string) =>
    console.error(`  import: ${what} after ${((performance.now() - began) / 1000).toFixed(1)} s`);

  const importId = await receiveImport(db, null, { name: "export.csv", bytes });
  say(`${(bytes.length / 1e6).toFixed(1)} MB read and kept`);
  while ((await checkImportBatch(importId)) === "more");
  say("checked");
  const { data: found } = await db.from("imports").select("check_no, counts").eq("id", importId).single();
  const { data: started } = await db.rpc("start_import_search", {
    p_id: importId,
    p_check_no: found?.check_no ?? 0,
    p_name: "Bench",
    p_buyer_name: "Bench",
    p_criteria: {},
  });
  const { searchId } = started as { searchId: string };
  const { data: approval } = await db
    .from("approval_queue")
    .select("id")
    .eq("search_id", searchId)
    .eq("checkpoint", "extraction")
    .single();
  const extraction = await openImportExtraction(searchId, approval?.id ?? "", importId);
  await moveExtraction(extraction, ["waiting"], "running");
  while ((await runImportBatch(extraction)) === "more");
  const seconds = (performance.now() - began) / 1000;
  say("saved");

  const reads = waits.stop();
  const { count } = await db.from("contacts").select("id", { count: "exact", head: true });
  console.error(`  import: ${JSON.stringify(found?.counts)} → ${count} contacts`);
  console.error(
    `  import: a page's reads meanwhile p50 ${round(percentile(reads, 0.5))} ms, p95 ${round(percentile(reads, 0.95))} ms, longest ${round(Math.max(...reads))} ms`,
  );
  return round(seconds);
}

/** Reads as a page would, every 50 ms, and remembers how long each took. */
function watchReads() {
  const db = createClient(process.env.SUPABASE_URL ?? "", LOCAL_SERVICE_KEY, {
    auth: { persistSession: false },
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
  });
  const reads: number[] = [];
  let stopped = false;
  const watch = async () => {
    while (!stopped) {
      const at = performance.now();
      await db.from("searches").select("id, name, status").limit(20);
      reads.push(performance.now() - at);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  void watch();
  return {
    stop: () => {
      stopped = true;
      return reads;
    },
  };
}

console.log(await timeImport());
process.exit(0);
