import { render, screen, waitFor } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { MailboxLimitsForm } from "@/components/mailbox/mailbox-limits-form";
import { DeskForm } from "@/components/settings/desk-form";
import { ExcludeForm } from "@/components/settings/exclude-form";
import { RulesForm } from "@/components/trust/rules-form";
import { Toaster } from "@/components/ui/sonner";
import type { MailboxState } from "@/lib/mailbox/mailboxes";
import { type DeskSettings, deskSettingsSchema } from "@/lib/settings/desk-settings";
import type { TrustSettings } from "@/lib/trust/trust-settings";
import { person } from "./support/setup";

const field = (name: string | RegExp) => screen.getByLabelText<HTMLInputElement>(name);
const ok = async <Value,>(value: Value) => ({ ok: true as const, value });
type User = ReturnType<typeof person>;

async function put(user: User, name: string | RegExp, text: string) {
  await user.clear(field(name));
  if (text) await user.type(field(name), text);
}

describe("Excluding by hand", () => {
  function open(onExclude = vi.fn(async ({ value }: { value: string }) => ok({ value }))) {
    render(
      <>
        <ExcludeForm onExclude={onExclude} />
        <Toaster />
      </>,
    );
    return { onExclude, user: person() };
  }

  test("asks for an address and for a reason, which is kept for ever", async () => {
    const { onExclude, user } = open();
    await user.click(screen.getByRole("button", { name: /Exclude/ }));
    expect(screen.getByText("Type an address.")).toBeTruthy();
    expect(screen.getByText("Say why it is excluded.")).toBeTruthy();
    expect(onExclude).not.toHaveBeenCalled();
  });

  test("excludes a domain, says so, and is ready for the next", async () => {
    const { onExclude, user } = open();
    await user.selectOptions(field("What"), "domain");
    await user.type(field("Domain"), " example.com ");
    await user.type(field("Why?"), "Asked by phone");
    await user.click(screen.getByRole("button", { name: /Exclude/ }));
    await waitFor(() =>
      expect(onExclude).toHaveBeenCalledExactlyOnceWith({
        kind: "domain",
        value: "example.com",
        reason: "Asked by phone",
      }),
    );
    expect(await screen.findByText("example.com is excluded.")).toBeTruthy();
    expect(field("Address").value).toBe("");
  });

  test("keeps what was typed when it was refused", async () => {
    render(
      <>
        <ExcludeForm onExclude={async () => ({ ok: false, message: "That is no address.", fields: [] })} />
        <Toaster />
      </>,
    );
    const user = person();
    await user.type(field("Address"), "owner");
    await user.type(field("Why?"), "x");
    await user.click(screen.getByRole("button", { name: /Exclude/ }));
    expect(await screen.findByText("That is no address.")).toBeTruthy();
    expect(field("Address").value).toBe("owner");
  });
});

const SETTINGS: DeskSettings = {
  desk_name: "West desk",
  sender_name: "Ana Ortiz",
  postal_address: "1 Main St, Irvine, CA 92602",
  time_zone: "America/Los_Angeles",
  window_start: "09:00",
  window_end: "17:00",
  window_days: [1, 2, 3, 4, 5],
  keep_holidays: true,
  closed_dates: ["2026-12-24"],
  gap_business_days: [0, 3, 4],
  spacing_min_s: 60,
  spacing_max_s: 180,
  batch_size: 20,
  batch_pause_s: 600,
  hourly_limit: 100,
  daily_limit: 400,
  cooldown_days: 365,
  cooldown_other_days: 90,
  bounce_pause_percent: 5,
  bounce_pause_count: 3,
  error_pause_percent: 20,
  error_pause_count: 5,
};

describe("The desk's settings", () => {
  const open = (onSave: (settings: DeskSettings) => ReturnType<Parameters<typeof DeskForm>[0]["onSave"]>) => {
    const save = vi.fn(onSave);
    render(
      <>
        <DeskForm
          settings={SETTINGS}
          zones={["America/Los_Angeles", "America/New_York"]}
          holidays={["2026-12-25"]}
          onSave={save}
        />
        <Toaster />
      </>,
    );
    return { save, user: person() };
  };
  const saveButton = () => screen.getByRole("button", { name: "Save the settings" });

  test("are saved as they stand when nothing was touched", async () => {
    expect(deskSettingsSchema.safeParse(SETTINGS).success).toBe(true);
    const { save, user } = open(ok);
    await user.click(saveButton());
    await waitFor(() => expect(save).toHaveBeenCalledExactlyOnceWith(SETTINGS));
    expect(await screen.findByText("Settings saved.")).toBeTruthy();
  });

  test("are saved with what was changed, days and closed dates too", async () => {
    const { save, user } = open(ok);
    await put(user, "In any hour", "80");
    await user.click(screen.getByRole("checkbox", { name: "Fri" }));
    await user.click(screen.getByRole("button", { name: /^Open again on/ }));
    await put(user, "Between mail 1 and 2", "5");
    await user.selectOptions(field("Time zone"), "America/New_York");
    await user.click(saveButton());
    await waitFor(() => expect(save).toHaveBeenCalledOnce());
    expect(save.mock.calls[0]?.[0]).toEqual({
      ...SETTINGS,
      hourly_limit: 80,
      window_days: [1, 2, 3, 4],
      closed_dates: [],
      gap_business_days: [0, 5, 4],
      time_zone: "America/New_York",
    });
  });

  test("show at each field what the server refuses, and lead to the first", async () => {
    const { user } = open(async () => ({
      ok: false,
      message: "No.",
      fields: [
        { path: "hourly_limit", message: "at most 1000" },
        { path: "gap_business_days.2", message: "at most 60" },
      ],
    }));
    await user.click(saveButton());
    expect(await screen.findByText("2 fields need another look.")).toBeTruthy();
    expect(field("In any hour").getAttribute("aria-invalid")).toBe("true");
    expect(field("Between mail 2 and 3").getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(field("In any hour"));
  });

  test("say so when nobody answered, and keep what was typed", async () => {
    const { user } = open(() => Promise.reject(new TypeError("Failed to fetch")));
    await put(user, "Desk", "East desk");
    await user.click(saveButton());
    expect(await screen.findByText("The settings were not saved.")).toBeTruthy();
    expect(field("Desk").value).toBe("East desk");
  });
});

describe("A mailbox's limits", () => {
  const mailbox = {
    id: "11111111-1111-4111-8111-111111111111",
    address: "ana@desk.example",
    hourly_limit: 50,
    daily_limit: 400,
    ramp_started_on: null,
    ramp_start_per_day: null,
    ramp_step_per_day: null,
  } as unknown as MailboxState;
  function open() {
    const onSave = vi.fn(ok);
    const onClose = vi.fn();
    render(<MailboxLimitsForm mailbox={mailbox} today="2026-11-23" onSave={onSave} onClose={onClose} />);
    return { onSave, onClose, user: person() };
  }
  const save = (user: User) => user.click(screen.getByRole("button", { name: "Save the limits" }));

  test("may be lowered, and warm up from today", async () => {
    const { onSave, onClose, user } = open();
    await put(user, "In any hour", "20");
    await user.click(screen.getByRole("checkbox", { name: /Warm up/ }));
    await save(user);
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(onSave).toHaveBeenCalledExactlyOnceWith({
      id: mailbox.id,
      hourly: 20,
      daily: 400,
      ramp: { startedOn: "2026-11-23", startPerDay: 20, stepPerDay: 10 },
    });
  });

  test("are refused at their field before anything is sent", async () => {
    const { onSave, user } = open();
    await put(user, "In any hour", "5000");
    await save(user);
    await waitFor(() => expect(field("In any hour").getAttribute("aria-invalid")).toBe("true"));
    expect(document.activeElement).toBe(field("In any hour"));
    expect(onSave).not.toHaveBeenCalled();
  });
});

describe("The rules of trust", () => {
  const settings: TrustSettings = {
    barPercent: 90,
    minDecisions: 20,
    windowSize: 50,
    samplePercent: 10,
    firstLooks: 20,
    bouncePercent: 5,
    complaintPercent: 0.3,
    lineMinSends: 200,
    schemaFailuresInRow: 3,
    schemaFailuresIn20: 5,
  };

  test("are refused at their field, and saved once they fit", async () => {
    const onSave = vi.fn(ok);
    render(
      <>
        <RulesForm settings={settings} onSave={onSave} />
        <Toaster />
      </>,
    );
    const user = person();
    const button = screen.getByRole("button", { name: /Save/ });
    await put(user, "Bar", "20");
    await user.click(button);
    await waitFor(() => expect(field("Bar").getAttribute("aria-invalid")).toBe("true"));
    expect(document.activeElement).toBe(field("Bar"));
    expect(onSave).not.toHaveBeenCalled();
    await put(user, "Bar", "95");
    await user.click(button);
    expect(await screen.findByText("Rules saved.")).toBeTruthy();
    expect(onSave.mock.calls[0]?.[0]).toMatchObject({ ...settings, barPercent: 95 });
  });
});
