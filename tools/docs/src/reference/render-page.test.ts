import { expect, it } from "vitest";
import { renderPage, withoutUnusedVariables } from "./render-page.ts";

it("refuses a path that Redoc does not show", async () => {
  const spec = { openapi: "3.1.1", info: { title: "A", version: "1" }, paths: {} };
  await expect(renderPage(spec, {}, "/token")).rejects.toThrow("/token: expected an operation");
});

it("keeps the variables that a rule uses, directly or through others", () => {
  const css = ":root{--a:1px; --b:var(--a);--c:var(--d); --d:2px}.dark{--b:0}p{margin:var( --b, 3px)}";
  expect(withoutUnusedVariables(css)).toBe(
    ":root{--a:1px; --b:var(--a); }.dark{--b:0}p{margin:var( --b, 3px)}",
  );
});
