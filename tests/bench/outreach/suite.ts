import type { Suite } from "../suite";
import { measureApprovalPage } from "./approval-page";
import { measureImport } from "./import";
import { measureSchedule } from "./schedule";

/** From criteria to an approved campaign: placing mails in time, the page a person approves on, and a file of owners read in. */
export const suite: Suite = {
  targets: {
    schedule_100k_ms: { unit: "ms", atMost: 1500 },
    schedule_100k_mb: { unit: "MB", atMost: 400 },
    schedule_growth: { unit: "×", atMost: 13 },
    approval_page_p95_ms: { unit: "ms", atMost: 150 },
    import_50k_s: { unit: "s", atMost: 60 },
  },
  measure: async () => ({
    ...(await measureSchedule()),
    ...(await measureApprovalPage()),
    ...(await measureImport()),
  }),
};
