import Link from "next/link";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";

export type EnrollmentView = {
  id: string;
  status: string;
  reason: string | null;
  resumeAt: string | null;
  campaign: { id: string; name: string };
  property: string | null;
};

/** The campaigns a contact is or was in. */
export function EnrollmentList({ enrollments }: { enrollments: readonly EnrollmentView[] }) {
  return (
    <ul className="divide-y">
      {enrollments.map((enrollment) => (
        <li key={enrollment.id} className="grid gap-1 px-4 py-2">
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link
              href={`/campaigns/${enrollment.campaign.id}`}
              className="content-center font-semibold break-words underline-offset-4 hover:underline touch:min-h-11"
            >
              {enrollment.campaign.name}
            </Link>
            <StatusBadge of="enrollment" status={enrollment.status} />
          </span>
          <span className="text-xs break-words text-muted-foreground">
            {enrollment.property && `about ${enrollment.property}`}
            {enrollment.reason && ` · ${enrollment.reason}`}
            {enrollment.resumeAt && (
              <>
                {" "}
                · goes on <Time iso={enrollment.resumeAt} show="both" />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
