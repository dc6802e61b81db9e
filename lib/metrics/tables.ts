import "server-only";
import { agentTables } from "./agent-tables";
import { checkpointTables } from "./checkpoint-tables";
import { funnelTables } from "./funnel-tables";
import { replyTables } from "./reply-tables";
import { sendingTables } from "./sending-tables";
import type { MetricsTable } from "./table";

/** Every table of the Metrics pages, by the name its export has. */
export const TABLES = {
  ...funnelTables,
  ...agentTables,
  ...replyTables,
  ...sendingTables,
  ...checkpointTables,
} satisfies Record<string, MetricsTable>;
export type TableName = keyof typeof TABLES;

/** The table of that name, or null. */
export function findTable(name: string): MetricsTable | null {
  return Object.hasOwn(TABLES, name) ? TABLES[name as TableName] : null;
}
