import { applyEdits } from "./apply-edits";
import { checkImport } from "./check-import";
import { checkMailboxes } from "./check-mailboxes";
import { classifyReply } from "./classify-reply";
import { dispatchMailbox } from "./dispatch-mailbox";
import { probeAgents } from "./probe-agents";
import { readArrived } from "./read-arrived";
import { readBurst } from "./read-burst";
import { runOutreach } from "./run-outreach";
import { shadowAgents } from "./shadow-agents";
import { sweep } from "./sweep";
import { syncInboxes } from "./sync-inboxes";
import { syncMailbox } from "./sync-mailbox";
import { tidyImports } from "./tidy-imports";

/** Every durable function of the product, as the engine registers them. */
export const functions = [
  runOutreach,
  checkMailboxes,
  dispatchMailbox,
  syncInboxes,
  syncMailbox,
  readArrived,
  readBurst,
  classifyReply,
  sweep,
  probeAgents,
  shadowAgents,
  checkImport,
  tidyImports,
  applyEdits,
];
