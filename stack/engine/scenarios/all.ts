import { failures } from "./failures";
import { flow } from "./flow";
import { operator } from "./operator";
import { parallel } from "./parallel";
import type { Scenario } from "./scenario";
import { steps } from "./steps";
import { waits } from "./waits";

export const scenarios: readonly Scenario[] = [
  ...steps,
  ...waits,
  ...parallel,
  ...failures,
  ...flow,
  ...operator,
];
