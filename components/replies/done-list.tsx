import { z } from "zod";
import { readStatus } from "@/components/words/status-words";
import { Time } from "@/components/words/time";
import type { LoadedReply } from "@/lib/replies/load-reply";

/** What was done with the mail, newest first, as the audit log has it. */
export function DoneList({ rows }: { rows: LoadedReply["done"] }) {
  if (rows.length === 0) return <p className="text-muted-foreground">Nothing yet.</p>;
  return (
    <ol className="grid gap-3">
      {rows.map((row) => (
        <li key={row.id} className="grid gap-0.5">
          <p className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="font-semibold">
              {sayAction(row.action)} <Detail {...readDetail(row.after)} />
            </span>
            <span className="text-xs text-muted-foreground">
              {row.actor === "system" ? "by itself" : row.actor} · <Time iso={row.at} />
            </span>
          </p>
          {row.did.length > 0 && (
            <ul className="list-disc pl-5 break-words">
              {row.did.map((did) => (
                <li key={did}>{did}</li>
              ))}
            </ul>
          )}
          {row.why && <p className="text-muted-foreground break-words">{row.why}</p>}
        </li>
      ))}
    </ol>
  );
}

const detailSchema = z
  .object({
    to: z.string().nullish().catch(null),
    until: z.iso.datetime({ offset: true }).nullish().catch(null),
  })
  .catch({});
const readDetail = (after: unknown) => detailSchema.parse(after ?? {});

/** To whom a mail was assigned, or until when it was put off. */
function Detail({ to, until }: z.infer<typeof detailSchema>) {
  if (until)
    return (
      <>
        until <Time iso={until} show="absolute" />
      </>
    );
  return to === undefined ? null : `to ${to ?? "everybody"}`;
}

const WORDS: Record<string, string> = {
  "reply.done": "Put away",
  "reply.answered": "Answer written",
  "reply.answer_failed": "The answer did not leave",
  "reply.linked": "Linked to a contact",
  "reply.undone": "Undone",
  "reply.snoozed": "Put off",
  "reply.unsnoozed": "Brought back",
  "reply.assigned": "Assigned",
};

function sayAction(action: string): string {
  return WORDS[action] ?? `Filed as ${readStatus("category", action.replace(/^reply\./, "")).text}`;
}
