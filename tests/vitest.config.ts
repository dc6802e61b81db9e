import path from "node:path";
import { defineConfig } from "vitest/config";

const root = path.resolve(import.meta.dirname, "..");
const shared = {
  resolve: {
    alias: { "@": root, "server-only": path.join(root, "tests/support/server-only.ts") },
  },
};

export default defineConfig({
  root,
  ...shared,
  test: {
    // Most of these tests wait for processes, disks and timers; three at a time keep two cores busy.
    maxWorkers: 3,
    projects: [
      { ...shared, test: { name: "unit", include: ["tests/unit/**/*.test.ts"] } },
      {
        ...shared,
        test: {
          name: "component",
          environment: "happy-dom",
          include: ["tests/component/**/*.test.tsx"],
          testTimeout: 30_000,
          setupFiles: ["tests/component/support/setup.ts"],
        },
      },
      {
        ...shared,
        test: { name: "db", include: ["tests/db/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 120_000 },
      },
      {
        ...shared,
        test: {
          name: "stack",
          include: ["tests/stack/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
