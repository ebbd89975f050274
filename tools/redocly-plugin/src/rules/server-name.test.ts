import { expect, test } from "vitest";
import { lint } from "../lint.ts";

function servers(...lines: string[]): string {
  return ["openapi: 3.1.1", "servers:", ...lines.map((line) => `  - ${line}`)].join("\n");
}

test("accepts servers with different names, and one that is just {baseUrl}", async () => {
  const two = servers(
    "{ url: https://a.test, x-name: sandbox }",
    "{ url: https://b.test, x-name: production }",
  );
  expect(await lint("server-name", two)).toEqual([]);
  expect(await lint("server-name", servers('{ url: "{baseUrl}" }'))).toEqual([]);
});

test("refuses a name twice", async () => {
  const twice = servers(
    "{ url: https://a.test, x-name: sandbox }",
    "{ url: https://b.test, x-name: sandbox }",
  );
  expect(await lint("server-name", twice)).toEqual([
    "#/servers/1/x-name: Another server has the x-name sandbox already.",
  ]);
});

test("refuses a server without a name, or with one that is no identifier", async () => {
  const message = 'A server must have an x-name in lower case, such as "sandbox".';
  const wrong = servers(
    "{ url: https://a.test }",
    "{ url: https://b.test, x-name: Live Host }",
    '{ url: "{baseUrl}" }',
  );
  expect(await lint("server-name", wrong)).toEqual([
    `#/servers/0: ${message}`,
    `#/servers/1/x-name: ${message}`,
    `#/servers/2: ${message}`,
  ]);
});
