import Link from "next/link";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";

export type ReplyView = {
  id: string;
  receivedAt: string;
  subject: string;
  /** As text, without what it quotes */
  text: string;
  status: string;
  category: string | null;
};

/** What a contact wrote, as text. */
export function ReplyHistory({ replies }: { replies: readonly ReplyView[] }) {
  return (
    <ul className="divide-y">
      {replies.map((reply) => (
        <li key={reply.id} className="grid gap-1 px-4 py-3">
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {reply.category && <StatusBadge of="category" status={reply.category} />}
            <StatusBadge of="reply" status={reply.status} />
            <Time iso={reply.receivedAt} show="both" className="text-xs text-muted-foreground" />
          </span>
          <Link
            href={`/replies/${reply.id}`}
            className="content-center font-semibold break-words underline-offset-4 hover:underline touch:min-h-11"
          >
            {reply.subject || "No subject"}
          </Link>
          {reply.text && <p className="line-clamp-4 break-words whitespace-pre-line">{reply.text}</p>}
        </li>
      ))}
    </ul>
  );
}
