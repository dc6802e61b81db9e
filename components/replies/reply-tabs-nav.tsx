import { FilterTabs } from "@/components/shell/filter-tabs";
import { formatCount } from "@/components/words/numbers";
import { REPLY_TABS, type ReplyTab, replyViewHref } from "@/lib/replies/reply-tabs";
import { TAB_WORDS } from "./inbox-words";

type ReplyTabsNavProps = {
  active: ReplyTab | "proposals";
  q: string;
  /** What waits in each tab, and what of it this operator has not opened. */
  counts: Partial<Record<ReplyTab, number>> & { unread: number };
  proposals: number;
};

/** The parts of the inbox, each a link with what waits in it; proposals stand behind what waits for a person. */
export function ReplyTabsNav({ active, q, counts, proposals }: ReplyTabsNavProps) {
  const tabs = REPLY_TABS.map((name) => ({
    label: TAB_WORDS[name],
    href: replyViewHref("/replies", { tab: name, q }),
    active: name === active,
    count: counts[name] ?? null,
    note: name === "for_you" && counts.unread > 0 ? `${formatCount(counts.unread)} unread` : null,
  }));
  const proposed = {
    label: "Proposed",
    href: "/replies/proposals",
    active: active === "proposals",
    count: proposals,
  };
  return <FilterTabs label="Filter replies" tabs={[...tabs.slice(0, 3), proposed, ...tabs.slice(3)]} />;
}
