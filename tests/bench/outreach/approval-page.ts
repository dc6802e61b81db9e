import { runOnStack } from "./run-on-stack";

/**
 * Plans a campaign of 10,000 contacts as the product does, and takes the time of all that the server does for one view of its
 * approval page: every read the page makes, over HTTP, with one person's rights.
 * @returns `approval_page_p95_ms`
 */
export async function measureApprovalPage(): Promise<Readonly<Record<string, number>>> {
  return { approval_page_p95_ms: await runOnStack("approval-page-run.ts") };
}
