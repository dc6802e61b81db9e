import type { Metadata } from "next";
import Link from "next/link";
import { AnswerTemplateList } from "@/components/replies/answer-template-list";
import { RoutingList } from "@/components/replies/routing-list";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { listAnswerTemplates } from "@/lib/replies/answer-templates";
import { requireOperator } from "@/lib/server/operator";
import { listRoutingRules } from "@/lib/settings/routing-rules";
import { moveTemplate, retireTemplate, saveTemplate, updateRule } from "./actions";

export const metadata: Metadata = { title: "What replies do" };

export default async function RoutingPage() {
  const { db } = await requireOperator();
  const [rules, templates] = await Promise.all([listRoutingRules(db), listAnswerTemplates(db)]);
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
        <RoutingList rules={rules} onUpdate={updateRule} />
      </Section>
      <Section
        title="Answer templates"
        description="What an answer to a reply can begin with. Whoever answers sees the words filled in and changes them before anything leaves."
        frame="flush"
      >
        <AnswerTemplateList
          templates={templates}
          onSave={saveTemplate}
          onRetire={retireTemplate}
          onMove={moveTemplate}
        />
      </Section>
    </>
  );
}
