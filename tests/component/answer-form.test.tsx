import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ComponentProps } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { AnswerForm } from "@/components/replies/answer-form";
import { ShortcutListener } from "@/components/shell/shortcuts";
import { Toaster } from "@/components/ui/sonner";
import { person } from "./support/setup";

type Props = ComponentProps<typeof AnswerForm>;

function open(change: Partial<Props> = {}) {
  const onKeep = vi.fn<Props["onKeep"]>(change.onKeep ?? (async () => ({ ok: true, value: null })));
  const onAnswer = vi.fn<Props["onAnswer"]>(change.onAnswer ?? (async () => ({ ok: true, value: null })));
  const view = render(
    <>
      <ShortcutListener />
      <AnswerForm
        emailId="e1"
        to="rosa@owner.example"
        from="ana@desk.example"
        subject="Re: Main St"
        body=""
        origin={null}
        starts={[]}
        endsSequence
        {...change}
        onKeep={onKeep}
        onAnswer={onAnswer}
      />
      <Toaster />
    </>,
  );
  return { onKeep, onAnswer, user: person(), ...view };
}
const box = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Answer" });
const send = () => screen.getByRole("button", { name: /Send the answer/ });
afterEach(() => void vi.useRealTimers());

describe("Answering a reply", () => {
  test("sends the words, and puts the mail away unless told not to", async () => {
    const { onAnswer, user } = open();
    await user.type(box(), "Thank you.");
    await user.click(screen.getByRole("checkbox", { name: /ends the held sequence/ }));
    await user.click(send());
    await waitFor(() =>
      expect(onAnswer).toHaveBeenCalledExactlyOnceWith({
        emailId: "e1",
        subject: "Re: Main St",
        body: "Thank you.",
        finish: false,
      }),
    );
    expect(await screen.findByText(/Your answer to rosa@owner.example is on its way/)).toBeTruthy();
    expect(box().value).toBe("");
  });

  test("sends nothing without words, and leads to where they go", async () => {
    const { onAnswer, user } = open();
    await user.click(send());
    expect(await screen.findByText("Write an answer first.")).toBeTruthy();
    expect(document.activeElement).toBe(box());
    expect(onAnswer).not.toHaveBeenCalled();
  });

  test("sends no answer in which a tag was left to fill in", async () => {
    const { onAnswer, user } = open({ body: "Hello {{first_name}}" });
    await user.click(send());
    expect(box().getAttribute("aria-invalid")).toBe("true");
    expect(onAnswer).not.toHaveBeenCalled();
  });

  test("keeps the words on the page when it was not sent", async () => {
    const { user } = open({
      onAnswer: async () => ({ ok: false, message: "Sending is stopped.", fields: [] }),
    });
    await user.type(box(), "Thank you.");
    await user.click(send());
    expect(await screen.findByText("Sending is stopped.")).toBeTruthy();
    expect(box().value).toBe("Thank you.");
  });

  test("is sent with Ctrl and Enter from inside the words", async () => {
    const { onAnswer, user } = open();
    await user.type(box(), "Thank you.");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(onAnswer).toHaveBeenCalledOnce());
  });
});

describe("An answer one is writing", () => {
  const type = (value: string) => fireEvent.change(box(), { target: { value } });
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

  test("is kept once one pauses, and says so", async () => {
    vi.useFakeTimers();
    const { onKeep } = open();
    type("Than");
    type("Thank you");
    expect(screen.getByText("Keeping what you write…")).toBeTruthy();
    expect(onKeep).not.toHaveBeenCalled();
    await pass(1_200);
    expect(onKeep).toHaveBeenCalledExactlyOnceWith({
      emailId: "e1",
      subject: "Re: Main St",
      body: "Thank you",
    });
    expect(screen.getByText("Kept. You can go on elsewhere.")).toBeTruthy();
  });

  test("is kept after six seconds although one never pauses", async () => {
    vi.useFakeTimers();
    const { onKeep } = open();
    for (let at = 1; at <= 7; at++) {
      type("x".repeat(at));
      await pass(1_000);
    }
    expect(onKeep).toHaveBeenCalled();
  });

  test("says so when it could not be kept, and tries again with the next key", async () => {
    vi.useFakeTimers();
    const onKeep = vi.fn<Props["onKeep"]>().mockRejectedValueOnce(new TypeError("Failed to fetch"));
    onKeep.mockResolvedValue({ ok: true, value: null });
    open({ onKeep });
    type("Thank");
    await pass(1_200);
    expect(screen.getByText(/Not kept/)).toBeTruthy();
    type("Thanks");
    await pass(1_200);
    expect(screen.getByText(/^Kept/)).toBeTruthy();
  });

  test("is kept when one leaves in the middle of a word", () => {
    vi.useFakeTimers();
    const { onKeep, unmount } = open();
    type("Than");
    unmount();
    expect(onKeep).toHaveBeenCalledExactlyOnceWith({ emailId: "e1", subject: "Re: Main St", body: "Than" });
  });

  test("is not kept again once it was sent", async () => {
    vi.useFakeTimers();
    const { onKeep, onAnswer } = open();
    type("Thank you");
    fireEvent.click(send());
    await pass(10_000);
    expect(onAnswer).toHaveBeenCalledOnce();
    expect(onKeep).not.toHaveBeenCalled();
  });
});
