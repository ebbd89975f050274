import { describe, expect, test } from "vitest";
import { AT, acme, type Change, message, refusal } from "./acme-spec.ts";
import { readServers } from "./servers.ts";

const NAME = 'a name in lower case that no other server has, such as "sandbox"';
const URL = 'an https URL without variables, or one server that is just "{baseUrl}"';

describe("refused", () => {
  const table: [name: string, change: Change, pointer: string, expected: string, found: string][] = [
    [
      "no server",
      ["/servers", undefined],
      "/servers",
      'a server; where the vendor publishes no host, one that is just "{baseUrl}"',
      "nothing",
    ],
    ["a server without a name", [`${AT.server}/x-name`, undefined], `${AT.server}/x-name`, NAME, "nothing"],
    [
      "a name that would not be data",
      [`${AT.server}/x-name`, "__proto__"],
      `${AT.server}/x-name`,
      NAME,
      '"__proto__"',
    ],
    [
      "two servers of one name",
      ["/servers/1", { url: "https://b.acme.test", "x-name": "production" }],
      "/servers/1/x-name",
      NAME,
      '"production"',
    ],
    [
      "a variable in a URL",
      [`${AT.server}/url`, "https://{region}.acme.test"],
      `${AT.server}/url`,
      URL,
      '"https://{region}.acme.test"',
    ],
    [
      "a host to be named beside others",
      ["/servers/1", { url: "{baseUrl}", "x-name": "own" }],
      "/servers/1/url",
      URL,
      '"{baseUrl}"',
    ],
    [
      "a URL without TLS",
      [`${AT.server}/url`, "http://api.acme.test"],
      `${AT.server}/url`,
      URL,
      '"http://api.acme.test"',
    ],
    ["a URL that is missing", [`${AT.server}/url`, undefined], `${AT.server}/url`, URL, "nothing"],
  ];
  for (const [name, change, pointer, expected, found] of table) {
    test(name, () => expect(refusal(change)).toBe(message(pointer, expected, found)));
  }
});

test("names the servers, without a slash at their end", () => {
  const sandbox = { url: "https://sandbox.acme.test/v1//", "x-name": "sandbox", description: "Play here." };
  expect(readServers(acme(["/servers/1", sandbox]))).toEqual([
    { name: "production", url: "https://api.acme.test", description: "" },
    { name: "sandbox", url: "https://sandbox.acme.test/v1", description: "Play here." },
  ]);
});

test("has none where the vendor publishes no host", () => {
  expect(readServers(acme(["/servers", [{ url: "{baseUrl}" }]]))).toEqual([]);
});
