import { render, screen, waitFor } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { KillSwitch } from "@/components/shell/kill-switch";
import type { Answer } from "@/components/shell/use-act";
import { Toaster } from "@/components/ui/sonner";
import { person } from "./support/setup";

const done = async (): Promise<Answer> => ({ ok: true, value: null });

function open(pulled: boolean, act: () => Promise<Answer> = done) {
  const onPull = vi.fn<(reason: string) => Promise<Answer>>(act);
  const onRelease = vi.fn<() => Promise<Answer>>(act);
  render(
    <>
      <KillSwitch
        state={pulled ? { pulled, reason: "Wrong list", changedBy: "Ana" } : { pulled }}
        onPull={onPull}
        onRelease={onRelease}
      />
      <Toaster />
    </>,
  );
  return { onPull, onRelease, user: person() };
}

describe("The kill switch", () => {
  test("asks why before it stops, and does nothing without a reason", async () => {
    const { onPull, user } = open(false);
    await user.click(screen.getByRole("button", { name: /Stop sending/ }));
    await user.click(await screen.findByRole("button", { name: /Stop all sending/ }));
    expect(await screen.findByText("Say why sending is stopped.")).toBeTruthy();
    expect(onPull).not.toHaveBeenCalled();
  });

  test("stops with the reason", async () => {
    const { onPull, user } = open(false);
    await user.click(screen.getByRole("button", { name: /Stop sending/ }));
    await user.type(await screen.findByRole("textbox", { name: /Why/ }), " Wrong list ");
    await user.click(screen.getByRole("button", { name: /Stop all sending/ }));
    await waitFor(() => expect(onPull).toHaveBeenCalledExactlyOnceWith("Wrong list"));
  });

  test("shows itself pulled at once, before the server answered", async () => {
    let answer: (answer: Answer) => void = () => undefined;
    const { user } = open(false, () => new Promise<Answer>((resolve) => (answer = resolve)));
    await user.click(screen.getByRole("button", { name: /Stop sending/ }));
    await user.type(await screen.findByRole("textbox", { name: /Why/ }), "Wrong list");
    await user.click(screen.getByRole("button", { name: /Stop all sending/ }));
    expect((await screen.findByRole("status")).textContent).toContain("Sending stopped by you: Wrong list");
    // An action without an end would hold back every later one on the page.
    answer({ ok: true, value: null });
    expect(await screen.findByRole("button", { name: /Stop sending/ })).toBeTruthy();
  });

  test("goes back and says so when sending was not stopped", async () => {
    const { user } = open(false, () => Promise.reject(new TypeError("Failed to fetch")));
    await user.click(screen.getByRole("button", { name: /Stop sending/ }));
    await user.type(await screen.findByRole("textbox", { name: /Why/ }), "Wrong list");
    await user.click(screen.getByRole("button", { name: /Stop all sending/ }));
    expect(await screen.findByText("Sending was not stopped.")).toBeTruthy();
    expect(await screen.findByRole("button", { name: /Stop sending/ })).toBeTruthy();
  });

  test("says who stopped and why, and resumes with one press", async () => {
    const { onRelease, user } = open(true);
    expect(screen.getByRole("status").textContent).toContain("Sending stopped by Ana: Wrong list");
    await user.click(screen.getByRole("button", { name: /Resume/ }));
    await waitFor(() => expect(onRelease).toHaveBeenCalledOnce());
  });
});
