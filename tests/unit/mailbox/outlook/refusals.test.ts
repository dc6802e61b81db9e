import { describe, expect, test } from "vitest";
import { outlookRequestSchema } from "@/lib/mailbox/outlook/contract";
import { BAD } from "./bad-requests";
import { errorOf, resultOf, runScript } from "./call-host";
import { newOutlook } from "./fake-outlook";
import { SEND } from "./requests";

describe("bad input", () => {
  test.each(BAD)("%s is refused, and nothing is touched", (_what, request) => {
    const outlook = newOutlook();
    expect(errorOf(outlook, request)).toMatchObject({ kind: "invalid", notSent: true });
    expect(outlook.items).toEqual([]);
    expect(outlookRequestSchema.safeParse(request).success).toBe(false);
  });

  test.each([
    ["the longest subject", { ...SEND, subject: "x".repeat(998) }],
    ["the longest body", { ...SEND, bodyText: "é\n".repeat(500_000) }],
    ["an empty body", { ...SEND, bodyText: "" }],
    ["an unusual but valid address", { ...SEND, to: ["o'neil+sales_1@sub.oak-co.example"] }],
    ["tabs, emoji and every kind of quote", { ...SEND, bodyText: "\t“q” 'q' \\ \u2028 😀" }],
  ])("%s is fine, for the contract and for the host", (_what, request) => {
    expect(outlookRequestSchema.safeParse(request).success).toBe(true);
    const outlook = newOutlook();
    expect(resultOf(outlook, request).status).toBe("submitted");
    expect(outlook.items[0]?.body).toBe(request.bodyText.replace(/\r?\n/g, "\r\n"));
  });

  test.each([
    ["code", "(function () { return {action: 'ping'}; })()"],
    ["half a request", '{"action":"ping"'],
    ["nothing", ""],
    ["code behind a request", '{"action":"ping"}; WScript.Quit(7)'],
    ["a bare list", "[]"],
    ["null", "null"],
  ])("%s instead of a request is refused and never run", (_what, text) => {
    const { line, exitCode } = runScript(newOutlook(), text);
    expect(JSON.parse(line)).toMatchObject({ ok: false, error: { kind: "invalid", notSent: true } });
    expect(exitCode).toBe(1);
  });

  test("an answer is one line of ASCII, whatever the mail holds", () => {
    const outlook = newOutlook();
    const { line, exitCode } = runScript(
      outlook,
      JSON.stringify({ ...SEND, subject: "plain", to: ["x@y.z"] }),
    );
    expect(line).toMatch(/^[\x20-\x7e]+$/);
    expect(exitCode).toBe(0);
  });
});
