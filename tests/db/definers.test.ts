import { expect, test } from "vitest";
import { openDesk } from "./support/open-desk";

const desk = openDesk();

/** Functions that run with their owner's rights, who may call them, and whether their body asks who does. */
const readDefiners = () =>
  desk.database().query<{ name: string; path: boolean; asks: boolean; callers: string[] }>(`
    select p.proname as name, coalesce(p.proconfig, '{}') && array['search_path=""'] as path,
      p.prosrc ~ 'public\\.(require_operator|is_operator|is_admin)\\(' as asks,
      array(select case x.grantee when 0 then 'everybody' else x.grantee::regrole::text end
        from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x where x.grantee <> p.proowner order by 1) as callers
      from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1`);

/** A signed-in caller may call these though they ask nothing. */
const ASK_NOTHING: Readonly<Record<string, string>> = {
  acting_name: "says the caller's own name",
  is_admin: "is the question itself",
  is_operator: "is the question itself",
};

/** The grant is the check: the desk's own key alone may call these. What is added here needs the same reason. */
const FOR_THE_KEY_ALONE = [
  ...["campaign_candidates", "campaign_frees_at", "campaign_load", "category_errors", "edits_decided"],
  ...["effective_mode", "full_limit", "limit_frees_at", "mail_counts_from", "mailbox_load", "mailboxes_due"],
  ...["plan_hash", "planning_load", "rank_learnings", "rebuild_metrics", "search_yield", "stalled_work"],
  ...["tell", "unsent_mails", "use_setup_link", "write_audit"],
];

test("a function with its owner's rights looks names up in no folder of the caller's", async () => {
  const definers = await readDefiners();
  expect(definers.length).toBeGreaterThan(150);
  expect(definers.filter(({ path }) => !path).map(({ name }) => name)).toEqual([]);
});

test("whoever may call a function with its owner's rights is asked who they are, or holds the desk's own key", async () => {
  const unasked = (await readDefiners()).filter(({ asks, callers }) => !asks && callers.length > 0);
  const byCallers = (wanted: string) =>
    unasked.filter(({ callers }) => callers.join() === wanted).map(({ name }) => name);
  expect(byCallers("service_role")).toEqual(FOR_THE_KEY_ALONE);
  expect(byCallers("authenticated,service_role")).toEqual(Object.keys(ASK_NOTHING));
  expect(unasked).toHaveLength(FOR_THE_KEY_ALONE.length + Object.keys(ASK_NOTHING).length);
});

test("nobody who is not signed in may call a function with its owner's rights", async () => {
  const open = (await readDefiners()).filter(({ callers }) =>
    callers.some((caller) => ["everybody", "anon"].includes(caller)),
  );
  expect(open).toEqual([]);
});
