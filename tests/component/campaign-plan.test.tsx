import { render, screen, waitFor } from "@testing-library/react";
import type { ComponentProps } from "react";
import { describe, expect, test, vi } from "vitest";
import { PlanContacts } from "@/components/campaigns/plan-contacts";
import { ScheduleForm } from "@/components/campaigns/schedule-form";
import { TemplateEditor } from "@/components/campaigns/template-editor";
import { Toaster } from "@/components/ui/sonner";
import type { MergeValues } from "@/lib/campaigns/templates/tags";
import { person } from "./support/setup";

const ok = async () => ({ ok: true as const, value: null });

describe("The contacts of a plan", () => {
  type Props = ComponentProps<typeof PlanContacts>;
  const contact = (id: string, change: Partial<Props["contacts"][number]> = {}) => ({
    id,
    name: `Owner ${id}`,
    title: null,
    email: `${id}@owner.example`,
    company: null,
    property: null,
    reason: null,
    isDropped: false,
    firstDueAt: "2026-11-23T17:00:00Z",
    timeZone: "America/Los_Angeles",
    previewHref: `?contact=${id}`,
    ...change,
  });
  function open(change: Partial<Props> = {}) {
    const onRevise = vi.fn<Props["onRevise"]>(ok);
    const sort = { href: "?sort=name", now: null };
    render(
      <>
        <PlanContacts
          campaignId="c1"
          contacts={[contact("a"), contact("b"), contact("c")]}
          isLeftOut={false}
          canChange
          sorts={{ name: { ...sort, now: "up" }, company: sort, firstMail: sort }}
          search={null}
          {...change}
          onRevise={onRevise}
        />
        <Toaster />
      </>,
    );
    return { onRevise, user: person() };
  }

  test("are dropped where they were chosen, and the plan is made again", async () => {
    const { onRevise, user } = open();
    await user.click(screen.getByRole("checkbox", { name: "Choose Owner b" }));
    await user.click(screen.getByRole("button", { name: "Drop 1 contact and plan again" }));
    await waitFor(() => expect(onRevise).toHaveBeenCalledExactlyOnceWith({ campaignId: "c1", drop: ["b"] }));
    expect(await screen.findByText("Dropped, and planned again.")).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("button", { name: /^Drop/ })).toBeNull());
  });

  test("are all chosen, and let go again, with one press", async () => {
    const { user } = open();
    const all = screen.getByRole("checkbox", { name: "Choose everybody on this page" });
    await user.click(all);
    expect(screen.getByRole("button", { name: "Drop 3 contacts and plan again" })).toBeTruthy();
    await user.click(all);
    expect(screen.queryByRole("button", { name: /^Drop/ })).toBeNull();
  });

  test("are dropped by what a search finds, beyond what is on the page", async () => {
    const { onRevise, user } = open({ search: { words: "broker", matches: 1_200 } });
    await user.click(screen.getByRole("button", { name: "Drop all 1,200 that “broker” finds" }));
    await waitFor(() =>
      expect(onRevise).toHaveBeenCalledExactlyOnceWith({ campaignId: "c1", dropMatching: { q: "broker" } }),
    );
  });

  test("come back only where a person left them out, and say why the others are out", async () => {
    const { onRevise, user } = open({
      isLeftOut: true,
      contacts: [
        contact("a", { isDropped: true, reason: "dropped by Ana" }),
        contact("b", { reason: "bounced before" }),
      ],
    });
    expect(screen.getByText("bounced before")).toBeTruthy();
    expect(screen.getByRole("checkbox", { name: "Choose Owner b" }).hasAttribute("disabled")).toBe(true);
    await user.click(screen.getByRole("checkbox", { name: "Choose everybody on this page" }));
    await user.click(screen.getByRole("button", { name: "Restore 1 contact and plan again" }));
    await waitFor(() =>
      expect(onRevise).toHaveBeenCalledExactlyOnceWith({ campaignId: "c1", restore: ["a"] }),
    );
  });

  test("offer no choice once nothing can be changed any more, and say how they are ordered", () => {
    open({ canChange: false });
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(screen.getByRole("columnheader", { name: /Contact/ }).getAttribute("aria-sort")).toBe("ascending");
  });
});

describe("The mails of a plan", () => {
  type Props = ComponentProps<typeof TemplateEditor>;
  const templates = [
    { step: 1, subject: "{{property_address}}", body: "Hello {{first_name|there}}, one." },
    { step: 2, subject: "", body: "Two." },
    { step: 3, subject: "", body: "Three." },
  ];
  const values = { first_name: "Rosa", property_address: "1 Main St" } as unknown as MergeValues;
  function open() {
    const onRevise = vi.fn<Props["onRevise"]>(ok);
    render(
      <>
        <TemplateEditor
          campaignId="c1"
          templates={templates}
          preview={{ name: "Rosa Diaz", values }}
          onRevise={onRevise}
        />
        <Toaster />
      </>,
    );
    return { onRevise, user: person() };
  }
  const body = (step: number) => screen.getByRole("textbox", { name: `Mail ${step}: text` });
  const save = () => screen.getByRole<HTMLButtonElement>("button", { name: "Save and plan again" });

  test("cannot be saved before anything is changed, and then only what was", async () => {
    const { onRevise, user } = open();
    expect(save().disabled).toBe(true);
    await user.type(body(2), " More.");
    await user.click(save());
    await waitFor(() =>
      expect(onRevise).toHaveBeenCalledExactlyOnceWith({
        campaignId: "c1",
        templates: [{ step: 2, subject: "", body: "Two. More." }],
      }),
    );
    expect(await screen.findByText("Saved. Every mail was written again.")).toBeTruthy();
  });

  test("cannot be saved with a tag nobody knows, and say so at the field", async () => {
    const { user } = open();
    await user.type(body(3), " {{{{shoe_size}}");
    expect(body(3).getAttribute("aria-invalid")).toBe("true");
    expect(save().disabled).toBe(true);
  });

  test("are shown while one types as that contact would read them", async () => {
    const { user } = open();
    await user.type(body(1), " Soon.");
    expect(screen.getAllByRole("status")[0]?.textContent).toContain("Hello Rosa, one. Soon.");
  });
});

describe("The schedule of a plan", () => {
  function open() {
    const onRevise = vi.fn<ComponentProps<typeof ScheduleForm>["onRevise"]>(ok);
    render(
      <>
        <ScheduleForm
          campaignId="c1"
          timeZone="America/Los_Angeles"
          startAt="2026-11-23T17:00:00Z"
          windowStart="09:00"
          windowEnd="17:00"
          dailyLimit={400}
          gaps={[0, 3, 4]}
          onRevise={onRevise}
        />
        <Toaster />
      </>,
    );
    return { onRevise, user: person() };
  }
  const field = (name: string | RegExp) => screen.getByLabelText<HTMLInputElement>(name);
  const save = () => screen.getByRole<HTMLButtonElement>("button", { name: "Plan again" });

  test("sends only what was changed", async () => {
    const { onRevise, user } = open();
    await user.clear(field("Mails a day"));
    await user.type(field("Mails a day"), "100");
    await user.clear(field("Gaps"));
    await user.type(field("Gaps"), "0/4/7");
    await user.click(save());
    await waitFor(() =>
      expect(onRevise).toHaveBeenCalledExactlyOnceWith({
        campaignId: "c1",
        dailyLimit: 100,
        gaps: [0, 4, 7],
      }),
    );
    expect(await screen.findByText("Planned again.")).toBeTruthy();
  });

  test.each([
    ["Gaps", "0/3", "Three whole numbers, like 0/3/4."],
    ["Window to", "08:00", "The window must end after it starts."],
  ])("says what is wrong with %s, and cannot be saved meanwhile", async (name, text, words) => {
    const { user } = open();
    await user.clear(field(name));
    await user.type(field(name), text);
    expect(screen.getByText(words)).toBeTruthy();
    expect(save().disabled).toBe(true);
  });
});
