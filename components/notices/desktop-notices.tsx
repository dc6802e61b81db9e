"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { WaitingItem } from "@/lib/notices/desktop-kinds";
import { beginTold, pickNews, type Told } from "@/lib/notices/pick-news";

/** More at once are told as one sum. */
const MOST_AT_ONCE = 3;

type DesktopNoticesProps = {
  items: readonly WaitingItem[];
  /** When the server read them (ISO). */
  asOf: string;
};

/**
 * Tells on the desktop what came to wait since this tab was opened, while it is open and the browser allows it. One click
 * brings the tab to the front and opens the item. Several tabs tell the same thing once: the browser goes by the tag.
 */
export function DesktopNotices({ items, asOf }: DesktopNoticesProps) {
  const router = useRouter();
  const told = useRef<Told | null>(null);
  useEffect(() => {
    if (told.current === null) {
      told.current = beginTold(items, asOf);
      return;
    }
    const picked = pickNews(items, told.current);
    told.current = picked.told;
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    for (const item of sumUp(picked.news)) tell(item, (href) => router.push(href));
  }, [items, asOf, router]);
  return null;
}

function sumUp(news: readonly WaitingItem[]): readonly WaitingItem[] {
  if (news.length <= MOST_AT_ONCE) return news;
  const title = `${news.length} things wait for you`;
  const body = news.map((item) => item.title).join("\n");
  return [{ id: "sum", title, body, href: "/", at: null }];
}

/** Shows one notification; where the browser only lets a service worker do that (phones), nothing is shown. */
export function tell(item: WaitingItem, open: (href: string) => void): boolean {
  try {
    const shown = new Notification(item.title, { body: item.body, tag: item.id, icon: "/icon.svg" });
    shown.onclick = () => {
      window.focus();
      shown.close();
      open(item.href);
    };
    return true;
  } catch {
    return false;
  }
}
