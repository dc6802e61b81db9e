import { describe, expect, it } from "vitest";
import { readContactFilter, readContactWords, toLikePattern } from "@/lib/contacts/contact-filters";
import { readContactStatus } from "@/lib/contacts/contact-status";

const FINE = {
  email: "owner@example.com",
  doNotContactAt: null,
  companyDoNotContactAt: null,
  bouncedAt: null,
  excluded: false,
};
const AT = "2026-11-03T10:00:00Z";

describe("whether a contact can be mailed", () => {
  it("is said with the strongest reason against it", () => {
    expect(readContactStatus(FINE)).toMatchObject({ key: "mailable", mailable: true });
    expect(readContactStatus({ ...FINE, bouncedAt: AT, doNotContactAt: AT }).key).toBe("do_not_contact");
    expect(readContactStatus({ ...FINE, companyDoNotContactAt: AT }).key).toBe("company_do_not_contact");
    expect(readContactStatus({ ...FINE, email: null }).key).toBe("no_email");
    expect(readContactStatus({ ...FINE, bouncedAt: AT, excluded: true }).key).toBe("bounced");
    expect(readContactStatus({ ...FINE, excluded: true })).toMatchObject({
      key: "excluded",
      mailable: false,
    });
  });
});

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
