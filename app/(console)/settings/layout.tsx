import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AgentsPaused } from "@/components/agents/agents-paused";
import { SettingsNav } from "@/components/settings/settings-nav";
import { readAgentPause } from "@/lib/agents/circuit";
import { requireOperator } from "@/lib/server/operator";
import { tryAgents } from "./agents/actions";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { db } = await requireOperator();
  const pause = await readAgentPause(db);
  return (
    <div className="grid gap-6 md:grid-cols-[11rem_minmax(0,1fr)] md:gap-8">
      <div className="min-w-0 md:sticky md:top-[calc(var(--header-height)+1.25rem)] md:self-start">
        <SettingsNav />
      </div>
      <div className="min-w-0">
        {pause && <AgentsPaused pause={pause} onTry={tryAgents} />}
        {children}
      </div>
    </div>
  );
}
