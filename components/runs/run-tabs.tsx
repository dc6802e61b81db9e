import { FilterTabs } from "@/components/shell/filter-tabs";
import { RUN_TABS, type RunTab } from "@/lib/runs/run-views";

const WORDS: Record<RunTab, string> = {
  work: "Work",
  outreach: "Outreach",
  sending: "Sending",
  replies: "Replies",
  clockwork: "Each minute",
  all: "All",
};

/** Durable runs by what they do, and the agents' own runs. */
export function RunTabs({ active, status }: { active: RunTab | "agents"; status?: string | undefined }) {
  const query = status && active !== "agents" ? `status=${status}` : "";
  return (
    <FilterTabs
      label="Filter runs"
      tabs={[
        ...RUN_TABS.map((tab) => ({
          label: WORDS[tab],
          href: `/runs${joinQuery(tab === "work" ? "" : `tab=${tab}`, query)}`,
          active: tab === active,
        })),
        { label: "Agents", href: "/runs/agents", active: active === "agents" },
      ]}
    />
  );
}

function joinQuery(...parts: string[]): string {
  const text = parts.filter(Boolean).join("&");
  return text ? `?${text}` : "";
}
