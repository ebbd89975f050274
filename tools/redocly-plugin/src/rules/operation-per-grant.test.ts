import { expect, test } from "vitest";
import { lint } from "../lint.ts";

function paths(...lines: string[]): string {
  return ["openapi: 3.1.1", "paths:", ...lines.map((line) => `  ${line}`)].join("\n");
}

test("accepts one operation for each grant", async () => {
  const spec = paths(
    "/a: { post: { x-token-grant: client_credentials } }",
    "/b: { get: { x-token-grant: [refresh_token] } }",
  );
  expect(await lint("operation-per-grant", spec)).toEqual([]);
});

test("refuses a grant twice, at the second operation", async () => {
  const spec = paths(
    "/a: { post: { x-token-grant: [api_key, refresh_token] } }",
    "/b: { post: { x-token-grant: refresh_token } }",
  );
  expect(await lint("operation-per-grant", spec)).toEqual([
    "#/paths/~1b/post/x-token-grant: The grant refresh_token has an operation already, at #/paths/~1a/post.",
  ]);
});

test("refuses a specification in which nothing issues tokens", async () => {
  expect(await lint("operation-per-grant", paths("/a: { post: { operationId: ping } }"))).toEqual([
    "#/paths: No operation has x-token-grant, so nothing issues tokens.",
  ]);
});
