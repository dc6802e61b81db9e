import type { Metadata } from "next";
import Link from "next/link";
import { PageHeader } from "@/components/page/page-header";
import { Section } from "@/components/page/section";
import { RoutingList } from "@/components/settings/routing-list";
import { requireOperator } from "@/lib/auth/operator";
import { listRoutingRules } from "@/lib/settings/routing-rules";
import { updateRule } from "./actions";

export const metadata: Metadata = { title: "What replies do" };

export default async function RoutingPage() {
  const { db } = await requireOperator();
  return (
    <>
      <PageHeader
        title="What replies do"
        description="A reply stops or holds its contact's sequence the moment it arrives, before anybody has read it. What happens then depends on what it is."
      />
      <Section
        title="By category"
        description={
          <>
            Below 70% confidence nothing is done to anyone and a person reads the mail. Whether a person
            confirms each verdict first is set at the{" "}
            <Link href="/settings" className="text-primary underline underline-offset-4">
              classification checkpoint
            </Link>
            .
          </>
        }
        frame="flush"
      >
        <RoutingList rules={await listRoutingRules(db)} onUpdate={updateRule} />
      </Section>
    </>
  );
}
