import { render, screen, waitFor } from "@testing-library/react";
import type { ComponentProps } from "react";
import { describe, expect, test, vi } from "vitest";
import { DecisionPanel } from "@/components/approvals/decision-panel";
import { type WaitingItem, WaitingList } from "@/components/approvals/waiting-list";
import { ShortcutListener } from "@/components/shell/shortcuts";
import { Toaster } from "@/components/ui/sonner";
import { person, visited } from "./support/setup";

type Panel = ComponentProps<typeof DecisionPanel>;

function openPanel(change: Partial<Panel> = {}) {
  const onDecide = vi.fn<Panel["onDecide"]>(
    change.onDecide ?? (async () => ({ ok: true, value: { outcome: "decided" } })),
  );
  const onSnooze = vi.fn<Panel["onSnooze"]>(change.onSnooze ?? (async () => ({ ok: true, value: null })));
  render(
    <>
      <ShortcutListener />
      <DecisionPanel
        id="a1"
        contentHash="hash"
        summary="Mails 12 owners."
        approveLabel="Approve and schedule 12 mails"
        feedbackHint="In your words."
        {...change}
        onDecide={onDecide}
        onSnooze={onSnooze}
      />
      <Toaster />
    </>,
  );
  return { onDecide, onSnooze, user: person() };
}

describe("Deciding an approval", () => {
  test("approves exactly what is on the page, and leads on", async () => {
    const { onDecide, user } = openPanel({ edits: { price: 1 }, afterApprove: "/campaigns/c1" });
    await user.click(screen.getByRole("button", { name: /Approve and schedule 12 mails/ }));
    await waitFor(() => expect(visited).toEqual(["/campaigns/c1"]));
    expect(onDecide).toHaveBeenCalledExactlyOnceWith({
      id: "a1",
      decision: "approve",
      feedback: undefined,
      edits: { price: 1 },
      contentHash: "hash",
    });
  });

  test.each([
    ["Reject", "Say why it is rejected."],
    ["Ask for changes", "Say what should change."],
  ])("%s needs words, asks for them, and leads to where they go", async (name, missing) => {
    const { onDecide, user } = openPanel();
    await user.click(screen.getByRole("button", { name: new RegExp(`^${name}`) }));
    expect(screen.getByText(missing)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: /Feedback/ }));
    expect(onDecide).not.toHaveBeenCalled();
  });

  test("sends the words along, back to the payloads when that was asked for", async () => {
    const { onDecide, user } = openPanel({ backToSourcing: "Other owners, please" });
    await user.type(screen.getByRole("textbox", { name: /Feedback/ }), " Skip brokers ");
    await user.click(screen.getByRole("checkbox", { name: "Other owners, please" }));
    await user.click(screen.getByRole("button", { name: /^Ask for changes/ }));
    await waitFor(() => expect(visited).toEqual(["/"]));
    expect(onDecide.mock.calls[0]?.[0]).toMatchObject({
      decision: "request_changes",
      feedback: "Skip brokers",
      again: "sourcing",
    });
  });

  test.each([
    [
      { outcome: "already_decided", status: "approved", decidedBy: "Ana" } as const,
      /Already approved by Ana/,
    ],
    [{ outcome: "changed" } as const, /changed since you opened it/],
    [{ outcome: "not_found" } as const, /not there any more/],
  ])("says that nothing was decided when it came too late: %j", async (value, words) => {
    const { user } = openPanel({ onDecide: async () => ({ ok: true, value }) });
    await user.click(screen.getByRole("button", { name: /^Approve/ }));
    expect(await screen.findByText("Nothing was decided")).toBeTruthy();
    expect(screen.getByText(words)).toBeTruthy();
    expect(visited).toEqual(["refresh"]);
  });

  test("keeps the page and the words when the server is away", async () => {
    const { user } = openPanel({ onDecide: () => Promise.reject(new TypeError("Failed to fetch")) });
    await user.type(screen.getByRole("textbox", { name: /Feedback/ }), "Softer");
    await user.click(screen.getByRole("button", { name: /^Ask for changes/ }));
    expect(await screen.findByText(/could not reach the server/)).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: /Feedback/ }).value).toBe("Softer");
  });

  test("does not say it was put off when it was not", async () => {
    const { user } = openPanel({
      onSnooze: async () => ({ ok: false, message: "Already decided.", fields: [] }),
    });
    await user.click(screen.getByRole("button", { name: /^Not now/ }));
    expect(await screen.findByText("It was not put off.")).toBeTruthy();
    expect(visited).toEqual([]);
  });

  test("is done by keys, which are letters again inside the words", async () => {
    const { onDecide, onSnooze, user } = openPanel();
    await user.keyboard("c");
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: /Feedback/ }));
    await user.keyboard("as x");
    expect(onDecide).not.toHaveBeenCalled();
    expect(onSnooze).not.toHaveBeenCalled();
    await user.click(document.body);
    await user.keyboard("a");
    await waitFor(() => expect(onDecide).toHaveBeenCalledOnce());
  });
});

describe("The queue", () => {
  const item = (id: string, change: Partial<WaitingItem> = {}): WaitingItem => ({
    id,
    checkpoint: "campaign",
    title: `Item ${id}`,
    summary: "12 mails",
    revision: 1,
    requestedAt: "2026-11-23T08:00:00Z",
    deadlineAt: null,
    isOverdue: false,
    snoozedUntil: null,
    ...change,
  });
  function openQueue(items = [item("1"), item("2"), item("3")]) {
    const onSnooze = vi.fn(async () => ({ ok: true as const, value: null }));
    render(
      <>
        <ShortcutListener />
        <WaitingList items={items} onSnooze={onSnooze} />
        <Toaster />
      </>,
    );
    return { onSnooze, user: person() };
  }
  const selected = () => document.querySelector('[aria-current="true"]')?.textContent ?? "";

  test("is walked with j and k, and stops at its ends", async () => {
    const { user } = openQueue();
    expect(selected()).toContain("Item 1");
    await user.keyboard("k");
    expect(selected()).toContain("Item 1");
    await user.keyboard("jjjj");
    expect(selected()).toContain("Item 3");
  });

  test("opens what is selected with Enter", async () => {
    const { user } = openQueue();
    await user.keyboard("j{Enter}");
    expect(visited).toEqual(["/approvals/2"]);
  });

  test("puts off what is selected with s", async () => {
    const { onSnooze, user } = openQueue();
    await user.keyboard("js");
    await waitFor(() => expect(onSnooze).toHaveBeenCalledExactlyOnceWith({ id: "2", hours: 4 }));
    expect(await screen.findByText("“Item 2” comes back in 4 hours.")).toBeTruthy();
  });

  test("offers no second putting off, and says what is overdue", () => {
    openQueue([
      item("1", { snoozedUntil: "2026-11-23T12:00:00Z" }),
      item("2", { isOverdue: true, revision: 2 }),
    ]);
    expect(screen.getAllByRole("button", { name: "Not now" })).toHaveLength(1);
    expect(screen.getByText("overdue")).toBeTruthy();
    expect(screen.getByText("revision 2")).toBeTruthy();
  });

  test("takes the selection along when the list gets shorter", async () => {
    const onSnooze = async () => ({ ok: true as const, value: null });
    const list = (items: WaitingItem[]) => (
      <>
        <ShortcutListener />
        <WaitingList items={items} onSnooze={onSnooze} />
      </>
    );
    const { rerender } = render(list([item("1"), item("2")]));
    const user = person();
    await user.keyboard("j");
    rerender(list([item("1")]));
    await user.keyboard("{Enter}");
    expect(visited).toEqual(["/approvals/1"]);
  });
});
