import { describe, expect, it } from "vitest";
import { readContactFilter, readContactWords, toLikePattern } from "@/lib/contacts/contact-filters";

describe("the list of contacts", () => {
  it("shows all for an address it does not understand", () => {
    expect(readContactFilter("bounced")).toBe("bounced");
    expect(readContactFilter("constructor")).toBe("all");
  });

  it("looks for the words as typed, without the blanks around and between them", () => {
    expect(readContactWords("  Ana   Ortiz ")).toBe("Ana Ortiz");
    expect(readContactWords("   ")).toBeNull();
    expect(readContactWords("x".repeat(500))).toHaveLength(100);
  });

  it("takes wildcards in the words as plain characters", () => {
    expect(toLikePattern("100%_a\\b")).toBe("%100\\%\\_a\\\\b%");
  });
});
