import {
  ActivityIcon,
  BotIcon,
  BuildingIcon,
  ContactIcon,
  InboxIcon,
  type LucideIcon,
  MailIcon,
  MegaphoneIcon,
  SettingsIcon,
} from "lucide-react";

export type NavKey =
  | "queue"
  | "searches"
  | "campaigns"
  | "replies"
  | "contacts"
  | "metrics"
  | "runs"
  | "settings";

export type NavItem = {
  key: NavKey;
  label: string;
  href: string;
  icon: LucideIcon;
  /** Leads there from anywhere. */
  shortcut: string;
  /** Has a place of its own in the phone's tab bar. */
  onTabBar: boolean;
  /** What its count counts, for a screen reader. */
  counts: string;
};

const item = (
  key: NavKey,
  label: string,
  href: string,
  icon: LucideIcon,
  shortcut: string,
  counts: string,
  onTabBar = false,
): NavItem => ({ key, label, href, icon, shortcut, counts, onTabBar });

export const NAV_ITEMS: readonly NavItem[] = [
  item("queue", "Queue", "/", InboxIcon, "1", "waiting for you", true),
  item("searches", "Searches", "/searches", BuildingIcon, "2", "under way", true),
  item("campaigns", "Campaigns", "/campaigns", MegaphoneIcon, "3", "active", true),
  item("replies", "Replies", "/replies", MailIcon, "4", "need a person", true),
  item("contacts", "Contacts", "/contacts", ContactIcon, "5", "contacts"),
  item("metrics", "Metrics", "/metrics", ActivityIcon, "6", "to look at"),
  item("runs", "Runs", "/runs", BotIcon, "7", "running"),
  item("settings", "Settings", "/settings", SettingsIcon, "8", "suggestions"),
];

/** How many wait behind each item (none and 0 show no badge), and how many replies this operator has not opened. */
export type NavCounts = Partial<Record<NavKey, number>> & { unread?: number };

/** What is new behind an item, in words; null where nothing is. */
export function sayNew(key: NavKey, { unread }: NavCounts): string | null {
  return key === "replies" && unread ? `${unread > 999 ? "999+" : unread} unread` : null;
}

/** Whether a page belongs to an item: the queue is home and what lies under `/queue` and `/approvals`. */
export function isActive(item: NavItem, pathname: string): boolean {
  const roots = item.key === "queue" ? ["/queue", "/approvals"] : [item.href];
  if (pathname === item.href) return true;
  return roots.some((root) => pathname === root || pathname.startsWith(`${root}/`));
}
