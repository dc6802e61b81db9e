import { render, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { CriteriaForm } from "@/components/criteria/criteria-form";
import type { StartSearch } from "@/components/criteria/use-start";
import { ShortcutListener } from "@/components/shell/shortcuts";
import { type CriteriaDraft, EMPTY_DRAFT } from "@/lib/criteria/criteria-draft";
import { LOOKUPS } from "../unit/criteria/lookups";
import { person, visited } from "./support/setup";

const KEY = "upstream:new-search";
const started: StartSearch = async () => ({ ok: true, value: { id: "s1" } });

function open(onStart: StartSearch = started, start: CriteriaDraft = EMPTY_DRAFT) {
  const act = vi.fn(onStart);
  const view = render(
    <>
      <ShortcutListener />
      <CriteriaForm lookups={LOOKUPS} start={start} draftKey={KEY} onStart={act} />
    </>,
  );
  return { act, user: person(), ...view };
}

const field = (name: RegExp) => screen.getByLabelText<HTMLInputElement>(name);
const errorAt = (name: RegExp) => field(name).getAttribute("aria-invalid");

async function fillIn(user: ReturnType<typeof person>) {
  await user.click(field(/^Name of the search/));
  await user.paste("Industrial, IE");
  await user.click(field(/^Buyer/));
  await user.paste("Marchetti");
  await user.click(screen.getByRole("checkbox", { name: "Industrial" }));
  await user.click(screen.getByRole("button", { name: /Choose markets/ }));
  await user.click(await screen.findByRole("option", { name: /Austin/ }));
  await user.keyboard("{Escape}");
}

describe("The criteria form", () => {
  test("starts a search with what was typed, and leads to it", async () => {
    const { act, user } = open();
    await fillIn(user);
    await user.type(screen.getAllByLabelText("From")[0] as HTMLElement, "4.5M");
    await user.click(screen.getByRole("checkbox", { name: "Price is flexible" }));
    await user.click(screen.getByRole("button", { name: "A" }));
    await user.click(screen.getByRole("button", { name: /Start search/ }));
    await waitFor(() => expect(visited).toEqual(["/searches/s1"]));
    expect(act).toHaveBeenCalledExactlyOnceWith({
      source: "form",
      criteria: {
        buyer: { name: "Marchetti" },
        criteria: {
          name: "Industrial, IE",
          propertyTypes: [2],
          markets: [159],
          price: { min: 4_500_000 },
          strategies: [],
          assetClasses: ["A"],
          tenancy: [],
          notes: "",
          marketsFlexible: false,
          priceFlexible: true,
        },
      },
    });
  });

  test("says nothing about a field before it was left, and says it then", async () => {
    const { user } = open();
    await user.click(field(/^Name of the search/));
    expect(errorAt(/^Name of the search/)).toBeNull();
    await user.tab();
    await waitFor(() => expect(errorAt(/^Name of the search/)).toBe("true"));
    expect(screen.getByText("Give the search a name.")).toBeTruthy();
    expect(errorAt(/^Buyer/)).toBeNull();
  });

  test("takes back what it said as soon as it is put right", async () => {
    const { user } = open();
    await user.click(field(/^Name of the search/));
    await user.tab();
    await screen.findByText("Give the search a name.");
    await user.type(field(/^Name of the search/), "A");
    await waitFor(() => expect(screen.queryByText("Give the search a name.")).toBeNull());
  });

  test("leads to the first field with a problem and counts them when it is asked to start", async () => {
    const { act, user } = open();
    await user.click(screen.getByRole("button", { name: /Start search/ }));
    expect(await screen.findByText("4 fields need another look.")).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(field(/^Name of the search/)));
    expect(act).not.toHaveBeenCalled();
  });

  test("writes an amount out once it was left, and says what it cannot read", async () => {
    const { user } = open();
    const [price, size] = screen.getAllByLabelText<HTMLInputElement>("From");
    if (!price || !size) throw new Error("no ranges");
    await user.type(price, "4.5M");
    await user.type(size, "twenty");
    await user.tab();
    expect(price.value).toBe("4,500,000");
    expect(await screen.findByText('"twenty" is not a number. Write it like 20,000 or 20k.')).toBeTruthy();
  });

  test("sees a range the wrong way round from either end, and sees it mended from either", async () => {
    const { user } = open();
    const [from] = screen.getAllByLabelText("From");
    const [to] = screen.getAllByLabelText("To");
    if (!from || !to) throw new Error("no range");
    await user.type(from, "5M");
    await user.type(to, "2M");
    await user.tab();
    expect(await screen.findByText("The minimum is above the maximum.")).toBeTruthy();
    await user.clear(to);
    await user.type(to, "9M");
    await user.tab();
    await waitFor(() => expect(screen.queryByText("The minimum is above the maximum.")).toBeNull());
  });

  test("shows at its field what the server refuses, until that is changed", async () => {
    const { user } = open(async () => ({
      ok: false,
      message: "There is no market.",
      fields: [{ path: "criteria.markets.0", message: 'There is no market "Austin".' }],
    }));
    await fillIn(user);
    await user.click(screen.getByRole("button", { name: /Start search/ }));
    const said = await screen.findByText('There is no market "Austin".');
    expect(within(said.closest("fieldset") as HTMLElement).getByText("Markets")).toBeTruthy();
    expect(await screen.findByText("One field needs another look.")).toBeTruthy();
    expect(visited).toEqual([]);
    await user.click(screen.getByRole("button", { name: /Austin/ }));
    await waitFor(() => expect(screen.queryByText('There is no market "Austin".')).toBeNull());
  });

  test("keeps what was typed over a reload, and forgets it when it has become a search", async () => {
    const first = open();
    await fillIn(first.user);
    await first.user.type(field(/^Capital/), "25M");
    first.unmount();
    const { user } = open();
    expect(await screen.findByText("Your draft is back")).toBeTruthy();
    expect(field(/^Name of the search/).value).toBe("Industrial, IE");
    expect(field(/^Capital/).value).toBe("25M");
    expect(screen.getByRole("checkbox", { name: "Industrial" }).getAttribute("aria-checked")).toBe("true");
    await user.click(screen.getByRole("button", { name: /Start search/ }));
    await waitFor(() => expect(visited).toEqual(["/searches/s1"]));
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  test("discards a draft, and nothing of it is left in the browser", async () => {
    const { user } = open();
    expect(screen.queryByRole("button", { name: "Discard draft" })).toBeNull();
    await user.type(field(/^Buyer/), "Marchetti");
    await user.click(screen.getByRole("button", { name: "Discard draft" }));
    expect(field(/^Buyer/).value).toBe("");
    expect(screen.queryByRole("button", { name: "Discard draft" })).toBeNull();
    await waitFor(() => expect(localStorage.getItem(KEY)).toBeNull());
  });

  test("starts by Ctrl and Enter from inside a field", async () => {
    const { act, user } = open();
    await fillIn(user);
    await user.click(field(/^Notes/));
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(act).toHaveBeenCalledOnce());
  });

  test("takes a strategy of one's own with Enter, without starting the search", async () => {
    const { act, user } = open();
    await user.type(field(/A strategy of your own/), "Estate sale{Enter}");
    expect(screen.getByRole("button", { name: /Estate sale/ })).toBeTruthy();
    expect(act).not.toHaveBeenCalled();
  });
});
