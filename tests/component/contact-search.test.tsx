import { act, fireEvent, render, renderHook, screen } from "@testing-library/react";
import { useDebouncedCallback } from "use-debounce";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ContactSearch } from "@/components/contacts/contact-search";
import { visited } from "./support/setup";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

describe("a live page", () => {
  const debounced = (run: () => void) =>
    renderHook(() => useDebouncedCallback(run, 250, { maxWait: 1000 })).result.current;

  test("renders once for a burst of changes", () => {
    const act = vi.fn();
    const call = debounced(act);
    call();
    call();
    vi.advanceTimersByTime(249);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(act).toHaveBeenCalledOnce();
  });

  test("is not held back by a stream that never pauses", () => {
    const act = vi.fn();
    const call = debounced(act);
    for (let ms = 0; ms < 3000; ms += 100) {
      call();
      vi.advanceTimersByTime(100);
    }
    expect(act.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  test("does nothing after it was left", () => {
    const act = vi.fn();
    const call = debounced(act);
    call();
    call.cancel();
    vi.runAllTimers();
    expect(act).not.toHaveBeenCalled();
  });
});

describe("The search of contacts", () => {
  const type = (value: string) => fireEvent.change(screen.getByRole("textbox"), { target: { value } });

  test("asks once for what was typed in one go, and leaves the other filters standing", () => {
    window.history.replaceState(null, "", "/contacts?show=bounced&after=x~1");
    render(<ContactSearch words="" />);
    type("An");
    type("Ana ");
    expect(visited).toEqual([]);
    pass(250);
    expect(visited).toEqual(["/contacts?show=bounced&q=Ana"]);
  });

  test("shows something at the latest after a second of typing", () => {
    window.history.replaceState(null, "", "/contacts");
    render(<ContactSearch words="" />);
    for (let length = 1; length <= 8; length++) {
      type("Marchetti".slice(0, length));
      pass(200);
    }
    expect(visited.length).toBeGreaterThanOrEqual(1);
  });

  test("is emptied by one press", () => {
    window.history.replaceState(null, "", "/contacts?q=Ana");
    render(<ContactSearch words="Ana" />);
    fireEvent.click(screen.getByRole("button", { name: "Clear the search" }));
    pass(250);
    expect(visited).toEqual(["/contacts"]);
  });

  test("asks for nothing once the page was left", () => {
    const { unmount } = render(<ContactSearch words="" />);
    type("Ana");
    unmount();
    pass(2_000);
    expect(visited).toEqual([]);
  });
});
