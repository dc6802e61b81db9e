import "server-only";
import { ensure } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

/** Ends campaigns with nothing left to send, and lets rested enrollments go on. */
export async function tidyCampaigns(): Promise<void> {
  ensure(await serviceDb().rpc("resume_rested", {}));
  ensure(await serviceDb().rpc("close_finished_campaigns"));
}

/** Pauses every mailbox and campaign whose mail bounces or fails too often. */
export async function judgeSending(): Promise<void> {
  ensure(await serviceDb().rpc("judge_all_sending", {}));
}
