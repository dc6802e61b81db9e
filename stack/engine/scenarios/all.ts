import { failures } from "./failures";
import { limits } from "./limits";
import { operator } from "./operator";
import { parallel } from "./parallel";
import type { Scenario } from "./scenario";
import { starts } from "./starts";
import { steps } from "./steps";
import { waits } from "./waits";

export const scenarios: readonly Scenario[] = [
  ...steps,
  ...waits,
  ...parallel,
  ...failures,
  ...limits,
  ...starts,
  ...operator,
];
