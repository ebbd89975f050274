import { expect, test } from "vitest";
import { formatted } from "./formatted.ts";

test("formats a file of any size, and the files after it", () => {
  const statement = "export  const value = 'text'\n";
  const long = {
    name: "long.ts",
    text: statement.replace("value", "first") + `// ${"x".repeat(98)}\n`.repeat(20_000),
  };
  const [first, second] = formatted([long, { name: "short.ts", text: statement }]);
  expect(long.text.length).toBeGreaterThan(2 ** 20);
  expect(first?.text.split("\n")[0]).toBe('export const first = "text";');
  expect(second?.text).toBe('export const value = "text";\n');
});
