import { expect, test } from "vitest";
import { signAnswer } from "@/lib/replies/sign-answer";

const desk = { sender_name: "Dana Whitfield", desk_name: "Harbor Point" };

test("a suggested answer that closes without a name gets the desk's", () => {
  expect(signAnswer("Hi Ann,\n\nThank you.\n\nBest regards,\n", desk)).toBe(
    "Hi Ann,\n\nThank you.\n\nBest regards,\nDana Whitfield\nHarbor Point",
  );
  expect(signAnswer("Hi Ann,\n\nThank you.\n\nBest,", { ...desk, desk_name: "" })).toBe(
    "Hi Ann,\n\nThank you.\n\nBest,\nDana Whitfield",
  );
});

test("one that is signed, or has no closing, stays as it is", () => {
  for (const body of ["Hi Ann,\n\nThank you.\n\nBest,\nDana", "Thank you, that helps.", "", "Hi Ann,"])
    expect(signAnswer(body, desk)).toBe(body);
});
