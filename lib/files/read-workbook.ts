import { Worker } from "node:worker_threads";
import { Refused } from "@/lib/server/refused";
import { checkWorkbook } from "./check-workbook";
import type { RawRow } from "./raw-row";
import { sayCell } from "./say-cell";

const TIMEOUT_MS = 60_000;
const MEMORY_MB = 1_536;

// 50,000 rows take two seconds of nothing but parsing: elsewhere than on the thread that serves the console, and with a
// limit on memory of its own. Plain text, because a bundler would look for a file.
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
import("read-excel-file/node").then(async ({ default: read }) => {
  const sheets = await read(Buffer.from(workerData));
  const found = sheets.find((sheet) => sheet.data.length > 1) ?? sheets[0];
  parentPort.postMessage({ sheet: found?.sheet ?? "", rows: found?.data ?? [], others: Math.max(0, sheets.length - 1) });
}).catch((error) => parentPort.postMessage({ problem: String(error && error.message || error) }));
`;

type CellValue = string | number | boolean | Date | null;
type Message =
  | { readonly problem: string }
  | { readonly sheet: string; readonly rows: readonly (readonly CellValue[])[]; readonly others: number };

export interface Workbook {
  readonly sheet: string;
  /** How many other sheets there are that were not read */
  readonly others: number;
  readonly rows: readonly RawRow[];
}

/** Reads the first sheet with rows on it; formulas count as the value Excel last saw. @throws {Refused} */
export async function readWorkbook(bytes: Buffer, name: string): Promise<Workbook> {
  await checkWorkbook(bytes, name);
  const message = await readApart(bytes, name);
  if ("problem" in message)
    throw new Refused(
      `${name} could not be read as an Excel workbook (${message.problem}). Save it again in Excel, or as CSV.`,
    );
  return {
    sheet: message.sheet,
    others: message.others,
    rows: message.rows.map((cells, index) => ({ row: index + 1, cells: cells.map(sayCell) })),
  };
}

function readApart(bytes: Buffer, name: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, {
      eval: true,
      workerData: new Uint8Array(bytes),
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const giveUp = (cause: unknown) => {
      void worker.terminate();
      reject(
        new Refused(`${name} is too much to read at once. Split it, or save it as CSV.`, {
          status: 413,
          cause,
        }),
      );
    };
    const timer = setTimeout(() => giveUp(new Error(`no answer in ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
    worker.once("message", (message: Message) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(message);
    });
    worker.once("error", (error) => {
      clearTimeout(timer);
      giveUp(error);
    });
  });
}
