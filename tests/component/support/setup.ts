import { cleanup } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { toast } from "sonner";
import { afterEach, beforeEach, vi } from "vitest";

/** Somebody at the keyboard; without layout there is nothing that could lie over a button. */
export const person = () => userEvent.setup({ delay: null, pointerEventsCheck: 0 });

/** Where the pages of a test have gone, in order; refreshing is "refresh". */
export const visited: string[] = [];

vi.mock("next/navigation", async (original) => ({
  ...(await original<typeof import("next/navigation")>()),
  useRouter: () => ROUTER,
  usePathname: () => window.location.pathname,
  useSearchParams: () => new URLSearchParams(window.location.search),
}));
const ROUTER = {
  push: (href: string) => visited.push(href),
  replace: (href: string) => visited.push(href),
  refresh: () => visited.push("refresh"),
  back: () => visited.push("back"),
  forward: () => visited.push("forward"),
  prefetch: () => undefined,
};

// Radix asks elements for what a browser without layout does not have.
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.hasPointerCapture ??= () => false;

beforeEach(() => {
  visited.length = 0;
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  // What was said outlives the page it was said on.
  toast.dismiss();
});
