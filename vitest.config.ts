import { defineConfig } from "vitest/config";

// Every package runs vitest from its own folder with this configuration.
export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    reporters: ["default", "json"],
    outputFile: { json: ".test-results/vitest.json" },
  },
});
