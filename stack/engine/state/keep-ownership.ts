import type { Database } from "@/stack/postgres/database";
import { EngineAlreadyRunningError } from "../errors";
import type { EngineLogger } from "../options";
import { takeOwnership } from "./ownership";

const RETAKE_MS = 1_000;

/**
 * Owns the database until the result is called. When the database server drops the lock (a restart), it is taken again; if
 * another engine was faster, that is said, and the fences on every dispatch keep the two from doing work twice.
 */
export async function keepOwnership(db: Database, logger: EngineLogger): Promise<() => Promise<void>> {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  const onLost = (reason: string): void => {
    logger.error("lost the hold on the database", { reason });
    timer = setTimeout(() => void retake(), RETAKE_MS);
  };
  const retake = async (): Promise<void> => {
    try {
      const taken = await takeOwnership(db, onLost);
      if (isClosed) await taken();
      else release = taken;
    } catch (error) {
      if (isClosed) return;
      if (error instanceof EngineAlreadyRunningError) logger.error(error.message);
      timer = setTimeout(() => void retake(), RETAKE_MS);
    }
  };
  let release = await takeOwnership(db, onLost);
  return async () => {
    isClosed = true;
    clearTimeout(timer);
    await release();
  };
}
