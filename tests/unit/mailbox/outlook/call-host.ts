import { readFileSync } from "node:fs";
import vm from "node:vm";
import { outlookAnswerSchema, outlookResultSchemas } from "@/lib/mailbox/outlook/contract";
import { application } from "./fake-application";
import type { FakeOutlook } from "./fake-outlook";
import { oldEngine } from "./old-engine";

const script = new vm.Script(readFileSync("lib/mailbox/outlook/outlook-host.js", "utf8"), {
  filename: "outlook-host.js",
});

export interface HostRun {
  readonly line: string;
  readonly exitCode: number | undefined;
}

/** Runs the generated script as cscript would, on an engine as old and against a fake object model. */
export function runScript(outlook: FakeOutlook, requestText: string): HostRun {
  const lines: string[] = [];
  let exitCode: number | undefined;
  const context = oldEngine({
    WScript: {
      Arguments: { length: 1, Item: () => "request.json" },
      Echo: (line: string) => lines.push(line),
      Sleep: (ms: number) => outlook.slept.push(ms),
      Quit: (code: number) => {
        exitCode = code;
      },
    },
    ScriptEngineMajorVersion: () => 5,
    ScriptEngineMinorVersion: () => 8,
    ActiveXObject: function activeX(this: unknown, id: string) {
      return id === "Outlook.Application"
        ? application(outlook)
        : { OpenTextFile: () => ({ ReadAll: () => requestText, Close: () => undefined }) };
    },
  });
  script.runInContext(context);
  if (lines.length !== 1) throw new Error(`the host printed ${lines.length} lines`);
  return { line: lines[0] ?? "", exitCode };
}

/** ASCII JSON, as the relay writes it. */
export function toAscii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The answer, read through the product's own schema. */
export function callHost(outlook: FakeOutlook, request: object) {
  const { line } = runScript(outlook, toAscii(request));
  return outlookAnswerSchema.parse(JSON.parse(line));
}

/** The result of a call that must go well, of the contract's shape for its action. */
export function resultOf<Action extends keyof typeof outlookResultSchemas>(
  outlook: FakeOutlook,
  request: { readonly action: Action; readonly [field: string]: unknown },
): ReturnType<(typeof outlookResultSchemas)[Action]["parse"]> {
  const answer = callHost(outlook, request);
  if (!answer.ok) throw new Error(`${answer.error.kind}: ${answer.error.message}`);
  return outlookResultSchemas[request.action].parse(answer.result) as ReturnType<
    (typeof outlookResultSchemas)[Action]["parse"]
  >;
}

/** The error of a call that must fail. */
export function errorOf(outlook: FakeOutlook, request: object) {
  const answer = callHost(outlook, request);
  if (answer.ok) throw new Error(`the host answered ${JSON.stringify(answer.result)}`);
  return answer.error;
}
