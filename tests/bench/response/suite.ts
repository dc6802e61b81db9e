import { fork } from "node:child_process";
import path from "node:path";
import { z } from "zod";
import type { Suite } from "../suite";
import { measureFuzz } from "./fuzz";
import { measureRules } from "./rules-speed";

const deskSchema = z.object({
  mailToRoutedMs: z.number(),
  insertToClassifyMs: z.number(),
  backlogS: z.number(),
});

export const suite: Suite = {
  targets: {
    mail_to_routed_p95_ms: { unit: "ms", atMost: 1500 },
    insert_to_classify_p95_ms: { unit: "ms", atMost: 300 },
    rules_mails_per_s: { unit: "mails/s", atLeast: 400 },
    backlog_5k_s: { unit: "s", atMost: 600 },
    fuzz_mails: { unit: "mails", atLeast: 20_000 },
    fuzz_failures: { unit: "mails", atMost: 0 },
  },
  measure: async () => {
    const desk = await measureDeskApart();
    const rules = await measureRules();
    const fuzz = await measureFuzz();
    return {
      mail_to_routed_p95_ms: desk.mailToRoutedMs,
      insert_to_classify_p95_ms: desk.insertToClassifyMs,
      rules_mails_per_s: rules,
      backlog_5k_s: desk.backlogS,
      fuzz_mails: fuzz.mails,
      fuzz_failures: fuzz.failures,
    };
  },
};

function measureDeskApart(): Promise<z.infer<typeof deskSchema>> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, "desk-process.ts"), {
      execArgv: ["--conditions=react-server", "--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    let figures: z.infer<typeof deskSchema> | undefined;
    child.once("message", (message) => {
      figures = deskSchema.parse(message);
    });
    child.once("exit", (code) =>
      figures ? resolve(figures) : reject(new Error(`measuring the desk ended with ${code}`)),
    );
  });
}
