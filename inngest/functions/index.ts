import { checkMailboxes } from "./check-mailboxes";
import { classifyReply } from "./classify-reply";
import { dispatchMailbox } from "./dispatch-mailbox";
import { runOutreach } from "./run-outreach";
import { sweep } from "./sweep";
import { syncInboxes } from "./sync-inboxes";

/** Every durable function of the product, as the engine registers them. */
export const functions = [runOutreach, checkMailboxes, dispatchMailbox, syncInboxes, classifyReply, sweep];
