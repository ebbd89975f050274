import { AT, acme, type Change, json, object, SECRET } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { type Finding, findsIn } from "../test-support/findings.ts";
import { readTokenOperations } from "./read-token-operations.ts";
import { exampleServer } from "./servers.ts";

const URL_AT = `${AT.server}/url`;
const OWN = `${AT.operation}/servers`;
const VALUE = 'letters, digits, "-", "_" and "~", with single dots between them';
const FITTING = "a value with which the URL is valid, such as 443 for a port";
const OTHER = {
  security: [],
  "x-token-grant": "api_key",
  parameters: [{ name: "k", in: "header", required: true, schema: SECRET, "x-credential": "apiKey" }],
  responses: {
    "200": json(object({ t: SECRET }, "t"), { "x-token-response": { access_token: "$response.body#/t" } }),
  },
};

function misnamed(found: string, index = 0): Finding {
  const expected = 'a name in lower case that no other server has, such as "sandbox"';
  return ["server-shape", `/servers/${index}/x-name`, expected, found];
}

function notHttps(found: string): Finding {
  const expected = 'an https URL such as "https://api.example.com" or "https://{tenant}.example.com"';
  return ["server-shape", URL_AT, expected, found];
}

const at = (pointer: string, expected: string, found: string): Finding => [
  "server-shape",
  pointer,
  expected,
  found,
];

/** A server with a variable in its URL. */
function tenant(variable: object, url = "https://{tenant}.acme.test"): Change {
  return [AT.server, { url, "x-name": "production", variables: { tenant: variable } }];
}

describe("refuses", () => {
  const none = 'a server, or just "{baseUrl}" if the vendor publishes no host';
  findsIn([
    ["no server", [["/servers", undefined]], ["server-shape", "/servers", none, "nothing"]],
    ["an empty list", [["/servers", []]], ["server-shape", "/servers", none, "[]"]],
    ["a server without a name", [[`${AT.server}/x-name`, undefined]], misnamed("nothing")],
    ["a name that is not an identifier", [[`${AT.server}/x-name`, "Live Host"]], misnamed('"Live Host"')],
    ["a name that would not be data", [[`${AT.server}/x-name`, "__proto__"]], misnamed('"__proto__"')],
    [
      "two servers of one name",
      [["/servers/1", { url: "https://b.acme.test", "x-name": "production" }]],
      misnamed('"production"', 1),
    ],
    [
      "a variable that is not described",
      [[URL_AT, "https://{region}.acme.test"]],
      at(URL_AT, '"region" among the variables of the server, since it is in the URL', "none"),
    ],
    [
      "a variable that the URL does not have",
      [tenant({ default: "a" }, "https://acme.test")],
      at(
        `${AT.server}/variables/tenant`,
        "{tenant} in the URL, since it is a variable of it",
        '"https://acme.test"',
      ),
    ],
    [
      "a default that would change the host",
      [tenant({ default: "evil.test/" })],
      at(`${AT.server}/variables/tenant/default`, VALUE, '"evil.test/"'),
    ],
    [
      "a default that is not one of the values",
      [tenant({ default: "us", enum: ["eu"] })],
      at(`${AT.server}/variables/tenant/default`, 'one of ["eu"]', '"us"'),
    ],
    [
      "a value that would change the host",
      [tenant({ enum: ["a@b"] })],
      at(`${AT.server}/variables/tenant/enum`, `values of ${VALUE}`, '["a@b"]'),
    ],
    [
      "a default that is not a port",
      [tenant({ default: "eu" }, "https://acme.test:{tenant}")],
      at(`${AT.server}/variables/tenant/default`, FITTING, '"eu"'),
    ],
    [
      "a value that makes a name an address",
      [tenant({ default: "eu", enum: ["eu", "1"] }, "https://acme.{tenant}")],
      at(`${AT.server}/variables/tenant/enum`, FITTING, '["eu","1"]'),
    ],
    [
      "no value at all",
      [tenant({ enum: [] })],
      at(`${AT.server}/variables/tenant/enum`, `values of ${VALUE}`, "[]"),
    ],
    [
      "a host to be named beside others",
      [["/servers/1", { url: "{baseUrl}", "x-name": "own" }]],
      at(
        "/servers/1/url",
        'a host, which may have variables such as "https://{host}"; "{baseUrl}" stands alone',
        '"{baseUrl}"',
      ),
    ],
    ["a URL with a query", [[URL_AT, "https://api.acme.test?x=1"]], notHttps('"https://api.acme.test?x=1"')],
    ["a URL with a user name", [[URL_AT, "https://a@acme.test"]], notHttps('"https://a@acme.test"')],
    ["a URL without TLS", [[URL_AT, "http://api.acme.test"]], notHttps('"http://api.acme.test"')],
    ["a URL that is not one", [[URL_AT, "https://:"]], notHttps('"https://:"')],
    ["a URL that is missing", [[URL_AT, undefined]], notHttps("nothing")],
    [
      "servers of the operation that have other names",
      [[OWN, [{ url: "https://login.acme.test", "x-name": "login" }]]],
      at(OWN, "one server here for each at the root, by the same x-name: production", "login"),
    ],
    [
      "servers of the path for one of two only",
      [
        ["/servers/1", { url: "https://sandbox.acme.test", "x-name": "sandbox" }],
        ["/paths/~1token/servers", [{ url: "https://login.acme.test", "x-name": "production" }]],
      ],
      at(
        "/paths/~1token/servers",
        "one server here for each at the root, by the same x-name: production, sandbox",
        "production",
      ),
    ],
    [
      "servers of the operation where the API has no host",
      [
        ["/servers", [{ url: "{baseUrl}" }]],
        [OWN, [{ url: "https://login.acme.test", "x-name": "production" }]],
      ],
      at(
        OWN,
        'no servers here beside "{baseUrl}" at the root; an API on a host that varies is "https://{host}"',
        "servers here",
      ),
    ],
    [
      "one variable with two defaults",
      [
        tenant({ default: "a" }),
        [
          OWN,
          [
            {
              url: "https://login.acme.test/{tenant}",
              "x-name": "production",
              variables: { tenant: { default: "b" } },
            },
          ],
        ],
      ],
      at(
        OWN,
        'the default and enum of "tenant" that the root\'s server production has, since it is given once',
        "others",
      ),
    ],
    [
      "two operations that issue tokens in two places",
      [
        [OWN, [{ url: "https://login.acme.test", "x-name": "production" }]],
        ["/paths/~1other", { get: OTHER }],
      ],
      at(
        "/paths/~1other/get",
        "the servers of /token, since all tokens are issued in one place",
        "https://api.acme.test",
      ),
    ],
  ]);
});

describe("reads", () => {
  const at = (name: string, url: string) => ({ name, url, apiUrl: url, variables: [] });
  const PRODUCTION = at("production", "https://api.acme.test");
  const servers = (list: object[]) => {
    const { operations, problems } = readTokenOperations(acme(["/servers", list]));
    expect(problems).toEqual([]);
    return operations[0]?.servers;
  };

  it("servers by name, without a slash at their end", () => {
    const production = { url: "https://api.acme.test", "x-name": "production" };
    const sandbox = { url: "https://sandbox.acme.test/v1//", "x-name": "sandbox", description: "Play here." };
    expect(servers([production, sandbox])).toEqual([
      { ...PRODUCTION, description: "" },
      { ...at("sandbox", "https://sandbox.acme.test/v1"), description: "Play here." },
    ]);
  });

  it("where tokens are issued beside the API that they are for, the operation's before its path's", () => {
    const login = [{ url: "https://login.acme.test/v1/", "x-name": "production" }];
    const path = [{ url: "https://path.acme.test", "x-name": "production" }];
    for (const [changes, url] of [
      [[["/paths/~1token/servers", path]], "https://path.acme.test"],
      [
        [
          ["/paths/~1token/servers", path],
          [OWN, login],
        ],
        "https://login.acme.test/v1",
      ],
    ] satisfies [Change[], string][]) {
      const { operations, problems } = readTokenOperations(acme(...changes));
      expect(problems).toEqual([]);
      expect(operations[0]?.servers).toEqual([{ ...PRODUCTION, url, description: "" }]);
    }
  });

  it("variables; without a default, or with an empty one, the caller has to give the value", () => {
    const read = (variable: object) => {
      const { operations, problems } = readTokenOperations(acme(tenant(variable)));
      expect(problems).toEqual([]);
      return operations[0]?.servers[0]?.variables;
    };
    const required = { name: "tenant", description: "" };
    expect(read({})).toEqual([required]);
    expect(read({ default: "" })).toEqual([required]);
    expect(read({ default: "eu-1", enum: ["eu-1", "us.2"], description: "Region." })).toEqual([
      { name: "tenant", description: "Region.", default: "eu-1", enum: ["eu-1", "us.2"] },
    ]);
  });

  it.each([
    ["8443", "https://eu.a.tenant.acme.test:8443/eu"],
    ["", "https://eu.a.tenant.acme.test:443/eu"],
  ])(
    "an example of each URL: the default of a variable, else its first value, else its name: %j",
    (port, found) => {
      const url = "https://{region}.{zone}.{tenant}.acme.test:{port}/{region}";
      const variables = {
        region: { default: "eu" },
        zone: { default: "", enum: ["a", "b"] },
        tenant: {},
        port: { default: port },
      };
      const [server] = readTokenOperations(
        acme([AT.server, { url, "x-name": "production", variables }]),
      ).operations.flatMap(({ servers }) => servers);
      expect(server && exampleServer(server).url).toBe(found);
    },
  );

  it("none if the vendor publishes no host", () => {
    expect(servers([{ url: "{baseUrl}" }])).toEqual([]);
  });
});
