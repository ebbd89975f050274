import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BREAKS } from "../test-support/break-list.ts";

test("each break of `pnpm breaks` is of something that the sources have once", () => {
  const places = BREAKS.map(([file, promise, from]) => {
    const found = readFileSync(join(import.meta.dirname, file), "utf8").split(from).length - 1;
    return `${found} in ${file}: ${promise}`;
  });
  expect(places.filter((place) => !place.startsWith("1 "))).toEqual([]);
});
