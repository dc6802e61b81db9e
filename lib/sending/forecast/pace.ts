import type { Pace, SituationCampaign } from "./situation";

/** How a mailbox keeps its distance after a mail of a campaign, as `note_pace` notes it. */
export function paceAfter(pace: Pace, campaign: SituationCampaign, spacingS: number, now: number): Pace {
  const pauseMs = campaign.batchPauseS * 1000;
  const spacingMs = spacingS * 1000;
  const startsAnew = pace.rests || pace.handedAt === null || now - pace.handedAt >= pauseMs;
  const inBatch = startsAnew ? 1 : pace.inBatch + 1;
  const rests = campaign.batchSize > 0 && pauseMs > spacingMs && inBatch >= campaign.batchSize;
  const floorMs = rests ? pauseMs : campaign.spacingMinS * 1000;
  const freeMs = rests ? pauseMs : spacingMs;
  return {
    handedAt: now,
    inBatch,
    rests,
    floorAt: floorMs > 0 ? now + floorMs : null,
    freeAt: freeMs > 0 ? now + freeMs : null,
  };
}
