import { describe, expect, it } from "vitest";
import { runCampaign } from "./support/make-campaign";
import { mailFrom, receive } from "./support/make-mail";
import { addSearch } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { textArray, together } from "./support/sessions";

const desk = openDesk();

describe("A status", () => {
  it("makes only the moves that are written down, for every table that has them", async () => {
    const plan = await runCampaign(desk());
    await receive(desk(), plan.mailboxes[0], mailFrom("nobody@owners.test"));
    const moves = await desk().db.query<{ entity: string; from_status: string; to_status: string }>(
      "select * from status_transitions",
    );
    let refused = 0;
    for (const entity of ["campaigns", "sends", "searches", "synced_emails", "enrollments"]) {
      const statuses = [
        ...new Set(
          moves
            .filter((move) => move.entity === entity)
            .flatMap((move) => [move.from_status, move.to_status]),
        ),
      ];
      expect(statuses.length, entity).toBeGreaterThan(2);
      const [row] = await desk().db.query<{ id: string; status: string }>(
        `select id, status from ${entity} limit 1`,
      );
      const allowed = (to: string) =>
        moves.some(
          (move) => move.entity === entity && move.from_status === row?.status && move.to_status === to,
        );
      for (const to of statuses.filter((status) => status !== row?.status && !allowed(status))) {
        await expect(
          desk().service.rows(`update ${entity} set status = $2 where id = $1`, [row?.id ?? null, to]),
          `${entity} ${row?.status} → ${to}`,
        ).rejects.toMatchObject({ code: "23514" });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(10);
  });

  it("lets one of 12 workers move a search, and the others see it was moved", async () => {
    const search = await addSearch(desk());
    const to = (index: number) => (index % 2 ? "sourcing" : "cancelled");
    const moved = await together(desk().service, 12, (session, index) =>
      session.call<boolean>("move_search", {
        p_id: search,
        p_from: textArray(["new"]),
        p_to: to(index),
      }),
    );
    const [row] = await desk().db.query<{ status: string }>("select status from searches");
    moved.forEach((worked, index) => {
      expect(worked).toBe(to(index) === row?.status);
    });
    expect(await desk().db.query("select 1 from audit_log where entity = 'searches'")).toHaveLength(1);
  });

  it("never brings a stopped sequence back, not even from the server", async () => {
    const plan = await runCampaign(desk());
    await desk().service.call("hold_contact", {
      p_contact_id: plan.contacts[0]?.id,
      p_how: "stop",
      p_reason: "contact replied",
    });
    await expect(desk().service.rows("update enrollments set status = 'active'")).rejects.toMatchObject({
      code: "23514",
    });
  });
});
