import { type Check, type Finding, mend, messageOf, skipped } from "./check";
import type { Tools } from "./tools";

export interface Checked extends Finding {
  readonly id: string;
  readonly group: Check["group"];
  readonly title: string;
  readonly ms: number;
}

const LIMIT_MS = 15_000;

/** Makes every check in order. One that breaks or hangs is a finding of its own and hides none of those behind it. */
export async function runChecks(
  checks: readonly Check[],
  tools: Tools,
  onChecked: (checked: Checked) => void = () => {},
): Promise<Checked[]> {
  const done: Checked[] = [];
  for (const check of checks) {
    const start = performance.now();
    const finding = await lookInTime(check, tools);
    const { id, group, title } = check;
    const checked = { id, group, title, ...finding, ms: Math.round(performance.now() - start) };
    done.push(checked);
    onChecked(checked);
  }
  return done;
}

async function lookInTime(check: Check, tools: Tools): Promise<Finding> {
  const limitMs = check.limitMs ?? LIMIT_MS;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(
      () =>
        resolve(
          mend(
            `This could not be found out within ${limitMs / 1000} seconds.`,
            "Look for an open prompt or a program that hangs, and run the doctor again.",
          ),
        ),
      limitMs,
    );
  });
  try {
    return await Promise.race([look(check, tools), late]);
  } catch (error) {
    return mend(
      `This could not be found out: ${messageOf(error)}`,
      "Run the doctor again; if it stays so, keep this sentence for whoever helps you.",
    );
  } finally {
    clearTimeout(timer);
  }
}

async function look(check: Check, tools: Tools): Promise<Finding> {
  const reason = check.skip?.(tools);
  return reason ? skipped(reason) : check.look(tools);
}
