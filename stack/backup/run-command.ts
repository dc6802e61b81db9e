import { DamagedFolderError } from "@/stack/postgres/check-folder";
import { DataFolderInUseError } from "@/stack/postgres/data-lock";
import { BackupError } from "./backup-error";

/** Runs a command that says one line: on standard output what it did, or on standard error why not. */
export async function runCommand(command: () => Promise<string>): Promise<void> {
  try {
    console.log(await command());
    process.exit(0);
  } catch (error) {
    const isExpected =
      error instanceof BackupError ||
      error instanceof DataFolderInUseError ||
      error instanceof DamagedFolderError;
    console.error(isExpected ? error.message : error);
    process.exit(1);
  }
}
