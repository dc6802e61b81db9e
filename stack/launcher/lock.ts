import path from "node:path";
import { undoHalfRestore } from "@/stack/backup/swap-data";
import { DataFolderInUseError, lockDataFolder } from "@/stack/postgres/data-lock";
import { StartError } from "./flags";

/** One desk per data folder. @throws {StartError} when one runs already. */
export function lockDesk(dataDir: string): () => void {
  try {
    const unlock = lockDataFolder(path.join(dataDir, "desk"));
    undoHalfRestore(dataDir);
    return unlock;
  } catch (error) {
    if (error instanceof DataFolderInUseError)
      throw new StartError(
        `This desk is already running (process ${error.pid}). Open its console, or stop it first with Ctrl-C.`,
      );
    throw error;
  }
}
