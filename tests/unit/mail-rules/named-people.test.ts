import { describe, expect, test } from "vitest";
import { readDocuments } from "@/lib/mail-rules/document-facts";
import { readNamedPeople } from "@/lib/mail-rules/named-people";
import { readSpeaksFor } from "@/lib/mail-rules/speaks-for";

const people = (text: string) =>
  readNamedPeople(text, "me@x.example", ["desk@us.example"]).map(({ words: _words, ...person }) => person);

describe("whom a reply names", () => {
  test("is one person, gathered from every sentence about them", () => {
    expect(
      people("My partner Ann Lee handles our dispositions. Please write to my partner at ann@x.example."),
    ).toEqual([{ name: "Ann Lee", email: "ann@x.example", phone: null, firm: "", role: "partner" }]);
  });

  test("is a broker with their firm and number", () => {
    expect(people("We are represented by Tom Hanks at Colliers, 909-555-0199.")).toEqual([
      { name: "Tom Hanks", email: null, phone: "909-555-0199", firm: "Colliers", role: "broker" },
    ]);
    expect(people("We have an exclusive with JLL. Contact them directly, not us.")).toEqual([
      { name: "", email: null, phone: null, firm: "JLL", role: "broker" },
    ]);
  });

  test("is found behind a verb that opens the sentence", () => {
    expect(people("Contact Bob Smith at 909 555 0188")[0]).toMatchObject({
      name: "Bob Smith",
      phone: "909 555 0188",
    });
  });

  test.each([
    "Not for sale. Thanks, Jim",
    "Write me at me@x.example, not desk@us.example",
    "Call me Tuesday",
    "Best Regards",
  ])("is nobody new in: %s", (text) => {
    expect(people(text)).toEqual([]);
  });
});

describe("for whom a never-again is said", () => {
  test.each([
    ["Do not contact anyone at our company again", "company"],
    ["Remove me and everyone here from your list", "company"],
    ["Stop emailing me about my properties.", "person"],
    ["Not for sale. Never contact us again.", null],
  ])("%s: %s", (text, who) => {
    expect(readSpeaksFor(text)).toBe(who);
  });
});

test("documents are told apart by whether they came, will come, or were only named", () => {
  const found = readDocuments("I can send the T12 and rent roll. OM attached.", [
    { filename: "image001.png", mimeType: "image/png", sizeBytes: 1 },
    { filename: "Site plan.pdf", mimeType: "application/pdf", sizeBytes: 1 },
  ]);
  expect(found.map(({ name, state }) => `${name}: ${state}`)).toEqual([
    "Site plan.pdf: attached",
    "rent roll: promised",
    "T-12: promised",
    "offering memorandum: attached",
  ]);
});
