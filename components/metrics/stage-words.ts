import type { Stage } from "@/lib/metrics/funnel";

export const STAGE_WORDS: Record<Stage, { label: string; counts: string }> = {
  properties: { label: "Properties", counts: "found in this time, once per search" },
  contacts: { label: "Contacts", counts: "people found with these properties" },
  enrolled: { label: "Enrolled", counts: "of these contacts, the ones a campaign mails" },
  sent: { label: "Sent", counts: "contacts whom at least one mail left for" },
  delivered: { label: "Delivered", counts: "contacts whose mails did not bounce, or who wrote back" },
  replied: { label: "Replied", counts: "contacts who wrote back in their own words" },
  interested: { label: "Interested", counts: "contacts who showed interest or gave a price" },
  priced: { label: "Priced", counts: "contacts who gave a price" },
};
