import { defineConfig } from "vitest/config";
import shared from "../../vitest.config.ts";

/** The recipe for MSW, with each of its versions. */
const MSW = "src/testing/msw.test.ts";
const { include, reporters, outputFile, ...rest } = shared.test;

export default defineConfig({
  test: {
    reporters,
    outputFile,
    projects: [
      { test: { ...rest, name: "recipes", include } },
      {
        test: { ...rest, name: "MSW 2", include: [MSW] },
        resolve: { alias: { "msw/node": "msw-2/node", msw: "msw-2" } },
      },
    ],
  },
});
