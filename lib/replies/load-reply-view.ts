import "server-only";
import type { Db } from "@/lib/server/client-options";
import { loadDesk } from "@/lib/settings/desk";
import { listOperators } from "@/lib/settings/operators";
import { listRoutingRules } from "@/lib/settings/routing-rules";
import { listAnswerTemplates } from "./answer-templates";
import { isUnread } from "./is-unread";
import { findNeighbours } from "./list-replies";
import { loadReply } from "./load-reply";
import { readReplyDraft } from "./reply-draft";
import { readReplyFacts } from "./reply-facts";
import { listProposalsOf } from "./reply-proposals";
import { judgeReply } from "./reply-state";
import type { ReplyView } from "./reply-tabs";
import { suggestMatches } from "./suggest-matches";
import { readUndo } from "./undo-routing";

export type ShownReply = NonNullable<Awaited<ReturnType<typeof loadReplyView>>>;

/** One mail as one operator sees it in a tab of the inbox, with all that can be done about it; null when it is not there. */
export async function loadReplyView(db: Db, operatorId: string, id: string, view: ReplyView, now: Date) {
  const reply = await loadReply(db, id);
  if (!reply) return null;
  const { email } = reply;
  const [neighbours, undoable, draft, proposals, matches, operators, rules, templates, { settings }] =
    await Promise.all([
      findNeighbours(db, view, email, operatorId),
      readUndo(db, id),
      readReplyDraft(db, id),
      listProposalsOf(db, id),
      email.contact_id === null ? suggestMatches(db, id) : [],
      listOperators(db),
      listRoutingRules(db),
      listAnswerTemplates(db),
      loadDesk(db),
    ]);
  return {
    ...reply,
    ...neighbours,
    ...judgeReply(email, reply.sequences, now),
    unread: isUnread(email, now),
    facts: readReplyFacts(email.facts),
    undoable,
    draft,
    proposals,
    matches,
    operators,
    rules,
    templates,
    settings,
  };
}
