"use client";

import { EllipsisIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import {
  Sheet,
  SheetContent,
  SheetDescription,
  SheetHeader,
  SheetTitle,
  SheetTrigger,
} from "@/components/ui/sheet";
import { NavCount } from "./nav-count";
import { isActive, NAV_ITEMS, type NavCounts, type NavItem, sayNew } from "./nav-items";

const tabClass =
  "relative flex h-15 w-full flex-col items-center justify-center gap-1 text-2xs text-muted-foreground -outline-offset-2";
const activeClass = "font-semibold text-primary";

/** The phone's navigation: four items under the thumb, the rest behind More. */
export function TabBar({ counts }: { counts: NavCounts }) {
  const pathname = usePathname();
  const tabs = NAV_ITEMS.filter((item) => item.onTabBar);
  const rest = NAV_ITEMS.filter((item) => !item.onTabBar);
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-40 border-t bg-card pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid grid-cols-5">
        {tabs.map((item) => (
          <li key={item.key}>
            <TabLink item={item} active={isActive(item, pathname)} counts={counts} />
          </li>
        ))}
        <li>
          <MoreTab items={rest} pathname={pathname} counts={counts} />
        </li>
      </ul>
    </nav>
  );
}

function TabLink({ item, active, counts }: { item: NavItem; active: boolean; counts: NavCounts }) {
  const fresh = sayNew(item.key, counts);
  return (
    <Link
      href={item.href}
      aria-current={active ? "page" : undefined}
      className={cn(tabClass, active && activeClass)}
    >
      <item.icon aria-hidden="true" className="size-5" />
      {item.label}
      <NavCount
        className="absolute top-1.5 left-[calc(50%+0.375rem)]"
        count={counts[item.key]}
        counts={fresh ? `${item.counts}, ${fresh}` : item.counts}
      />
    </Link>
  );
}

function MoreTab({ items, pathname, counts }: { items: NavItem[]; pathname: string; counts: NavCounts }) {
  const [open, setOpen] = useState(false);
  const active = items.some((item) => isActive(item, pathname));
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger className={cn(tabClass, active && activeClass)}>
        <EllipsisIcon aria-hidden="true" className="size-5" />
        More
      </SheetTrigger>
      <SheetContent side="bottom">
        <SheetHeader>
          <SheetTitle>More</SheetTitle>
          <SheetDescription className="sr-only">The pages that are not on the tab bar.</SheetDescription>
        </SheetHeader>
        <ul className="grid px-2 pb-4">
          {items.map((item) => (
            <li key={item.key}>
              <Link
                href={item.href}
                onClick={() => setOpen(false)}
                aria-current={isActive(item, pathname) ? "page" : undefined}
                className={cn(
                  "flex min-h-12 items-center gap-3 rounded-md px-3",
                  isActive(item, pathname) && "bg-primary-soft font-semibold text-primary",
                )}
              >
                <item.icon aria-hidden="true" className="size-5" />
                {item.label}
                <NavCount className="ml-auto" count={counts[item.key]} counts={item.counts} />
              </Link>
            </li>
          ))}
        </ul>
      </SheetContent>
    </Sheet>
  );
}
