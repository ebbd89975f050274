// Every package runs vitest from its own folder with this configuration.
export default {
  test: {
    include: ["src/**/*.test.ts"],
    // Real processes and sockets take their time on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ["default", "json"],
    outputFile: { json: ".test-results/vitest.json" },
  },
};
