import type { Database } from "../postgres/database";
import type { Logger } from "./http/exchange";

/** Something that remembers the schema. */
interface SchemaReader {
  reload(): Promise<void>;
}

/** One change often comes as several statements; they are read together. */
const SETTLE_MS = 25;

/**
 * Reloads the readers after `notify pgrst, 'reload schema'`, which the database sends by itself after every change of
 * the schema (see `realtime.after_ddl`), as hosted does.
 */
export async function followSchema(db: Database, readers: readonly SchemaReader[], logger: Logger) {
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> = Promise.resolve();
  const reload = (): Promise<void> => {
    reading = reading.catch(() => {}).then(() => readAll(readers));
    return reading;
  };
  const unlisten = await db.listen("pgrst", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      reload().catch((error: unknown) => logger.error({ err: error }, "the schema could not be read again"));
    }, SETTLE_MS);
  });
  return {
    reload,
    close: async () => {
      clearTimeout(timer);
      await unlisten();
      await reading.catch(() => {});
    },
  };
}

async function readAll(readers: readonly SchemaReader[]): Promise<void> {
  for (const reader of readers) await reader.reload();
}
