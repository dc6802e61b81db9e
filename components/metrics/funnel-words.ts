import type { FunnelStage } from "@/lib/metrics/overview";

export const STAGE_WORDS: Record<FunnelStage["key"], { label: string; counts: string }> = {
  properties: { label: "Properties", counts: "properties found by the searches of this time" },
  contacts: { label: "Contacts", counts: "contacts found with them" },
  enrolled: { label: "Enrolled", counts: "contacts enrolled in a campaign" },
  sent: { label: "Mails sent", counts: "mails that left, up to three for each contact" },
  replied: { label: "Replied", counts: "contacts who wrote back themselves" },
  warm: { label: "Interested, priced", counts: "replies that show interest or give a price" },
};
