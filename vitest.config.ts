import { defineConfig } from "vitest/config";

/**
 * Three suites. `fast` needs nothing but Node. `real` starts real servers through `stack/`.
 * `containers` runs where a container engine answers. Each says so when it can't run.
 */
export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: ["test/real/**", "test/containers/**"],
          sequence: { groupOrder: 0 },
          // Many run the built program, on two cores that others use too.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "real",
          include: ["test/real/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          globalSetup: ["test/real/setup.ts"],
          runner: "./test/real/runner.ts",
          sequence: { groupOrder: 1 },
          // One broker serves the suite; two cores are shared with it.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "containers",
          include: ["test/containers/**/*.test.ts"],
          sequence: { groupOrder: 2 },
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
