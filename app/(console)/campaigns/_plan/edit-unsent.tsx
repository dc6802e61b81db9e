import { EditInWords } from "@/components/campaigns/edit-in-words";
import { ScheduleForm } from "@/components/campaigns/schedule-form";
import { TemplateEditor } from "@/components/campaigns/template-editor";
import { Section } from "@/components/shell/section";
import { campaignSettingsSchema } from "@/lib/campaigns/campaign-settings";
import { loadPreviewContact } from "@/lib/campaigns/load-merge-values";
import type { loadCampaign } from "@/lib/campaigns/load-plan";
import type { Db } from "@/lib/server/client-options";
import { editInWords, editRunning } from "../actions";

interface EditUnsentProps {
  readonly db: Db;
  readonly campaign: NonNullable<Awaited<ReturnType<typeof loadCampaign>>>;
}

/** What a person may still change of a campaign that runs: the words, times and receivers of mails that have not left. */
export async function EditUnsent({ db, campaign }: EditUnsentProps) {
  const settings = campaignSettingsSchema.parse(campaign.settings);
  const steps = [...campaign.sequence_steps].sort((a, b) => a.step - b.step);
  const version = steps.map((step) => step.subject_template + step.body_template).join();
  return (
    <Section
      title="Change what has not left"
      description="A change is proposed first, with every mail before and after. Mails that have left, or leave within minutes, stay as they are."
      frame="card"
    >
      <div className="grid gap-6">
        <EditInWords campaignId={campaign.id} onPropose={editInWords} />
        <details>
          <summary className="cursor-pointer font-semibold touch:min-h-11 touch:content-center">
            When the mails leave
          </summary>
          <div className="mt-3">
            <ScheduleForm
              key={`${campaign.updated_at} schedule`}
              campaignId={campaign.id}
              timeZone={campaign.time_zone}
              startAt={settings.startAt}
              windowStart={campaign.window_start.slice(0, 5)}
              windowEnd={campaign.window_end.slice(0, 5)}
              dailyLimit={settings.dailyLimit}
              gaps={steps.map((step) => step.gap_business_days)}
              saveLabel="Propose these times"
              savedWords="Proposed."
              onRevise={editRunning}
            />
          </div>
        </details>
        <details>
          <summary className="cursor-pointer font-semibold touch:min-h-11 touch:content-center">
            What the mails say
          </summary>
          <div className="mt-3">
            <TemplateEditor
              key={version}
              campaignId={campaign.id}
              templates={steps.map((step) => ({
                step: step.step,
                subject: step.subject_template,
                body: step.body_template,
              }))}
              preview={await loadPreviewContact(db, campaign)}
              saveLabel="Propose these words"
              onRevise={editRunning}
            />
          </div>
        </details>
      </div>
    </Section>
  );
}
