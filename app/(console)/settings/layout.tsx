import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SettingsNav } from "@/components/settings/settings-nav";

export const metadata: Metadata = { title: "Settings" };

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid gap-6 md:grid-cols-[11rem_minmax(0,1fr)] md:gap-8">
      <div className="min-w-0 md:sticky md:top-[calc(var(--header-height)+1.25rem)] md:self-start">
        <SettingsNav />
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
