import type { Suite } from "../suite";
import { dashboardTargets, measureDashboard } from "./dashboard";
import { measurePromptAssembly } from "./prompt-assembly";
import { measureRunner, runnerTargets } from "./runner";

export const suite: Suite = {
  targets: {
    ...runnerTargets,
    prompt_assembly_p95_ms: { unit: "ms", atMost: 15 },
    ...dashboardTargets,
  },
  measure: async () => ({
    ...(await measureRunner()),
    ...(await measurePromptAssembly()),
    ...(await measureDashboard()),
  }),
};
