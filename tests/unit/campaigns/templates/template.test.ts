import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderSequence } from "@/lib/campaigns/render-sequence";
import { DEFAULT_SEQUENCE } from "@/lib/campaigns/templates/default-sequence";
import { checkTemplate, renderTemplate } from "@/lib/campaigns/templates/template";

describe("a mail template", () => {
  test("names a mistyped tag and the one that was meant", () => {
    expect(checkTemplate("Hi {{PropertyAddress}}")).toEqual([
      {
        tag: "PropertyAddress",
        message: "{{PropertyAddress}} is not a merge tag. Did you mean {{property_address}}?",
      },
    ]);
    expect(checkTemplate("{{zzzzzzz}}")[0]?.message).toBe("{{zzzzzzz}} is not a merge tag.");
    expect(checkTemplate("a {{ b")[0]?.message).toContain("stands alone");
    expect(checkTemplate("Hi {{first_name|there}} of {{ company }}")).toEqual([]);
  });

  test("blocks a mail with a blank tag, and uses a fallback where there is one", () => {
    expect(renderTemplate("Hi {{first_name}}", { first_name: " " })).toEqual({
      ok: false,
      blank: ["first_name"],
    });
    expect(renderTemplate("Hi {{first_name|there}}", {})).toEqual({ ok: true, text: "Hi there" });
    expect(renderTemplate("{{unknown}}", {})).toEqual({ ok: false, blank: ["unknown"] });
  });

  test("never lets braces through, whatever a value holds", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, address) => {
        const rendered = renderTemplate("{{first_name|x}} {{property_address}}", {
          first_name: name,
          property_address: address,
        });
        if (rendered.ok) expect(rendered.text).not.toMatch(/\{\{|\}\}/);
      }),
    );
  });
});

describe("the default sequence", () => {
  const values = {
    first_name: "Ann",
    company: "Oak LLC",
    property_address: "12 Main St",
    property_city: "Chino",
    property_type: "industrial",
    buyer_name: "Cedar",
    sender_name: "Dana",
    desk_name: "Harbor",
    postal_address: "1 Plaza",
  };

  test("has no unknown tag", () => {
    for (const mail of DEFAULT_SEQUENCE)
      expect([...checkTemplate(mail.subject), ...checkTemplate(mail.body)]).toEqual([]);
  });

  test("carries a postal address and a way to opt out in every mail, and only follow-ups are replies", () => {
    const rendered = renderSequence(DEFAULT_SEQUENCE, values);
    expect(rendered.ok).toBe(true);
    if (!rendered.ok) return;
    for (const mail of rendered.mails) {
      expect(mail.body).toContain("1 Plaza");
      expect(mail.body).toContain("unsubscribe");
    }
    expect(rendered.mails.map((mail) => mail.subject)).toEqual([
      "12 Main St",
      "RE: 12 Main St",
      "RE: 12 Main St",
    ]);
  });

  test("is blocked, with the reason, until the desk has a postal address", () => {
    expect(renderSequence(DEFAULT_SEQUENCE, { ...values, postal_address: "" })).toEqual({
      ok: false,
      reason: "mail 1: {{postal_address}} is blank",
    });
  });
});
