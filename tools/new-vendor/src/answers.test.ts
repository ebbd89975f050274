import { UsageProblem } from "@org/vendors";
import { describe, expect, test } from "vitest";
import { checkedAnswers, type Given } from "./answers.ts";

test("takes the first choice where nothing is said", () => {
  expect(checkedAnswers({ slug: "acme-pay" })).toEqual({
    slug: "acme-pay",
    title: "Acme Pay",
    baseUrl: "none",
    path: "/oauth/token",
    credentials: "body",
    names: { clientId: "client_id", clientSecret: "client_secret" },
    mediaType: "form",
    token: "/access_token",
    expiry: "/expires_in",
    expiryFormat: "seconds",
  });
});

test("chooses names, media type and the expiry's place by what was said before", () => {
  const { names, mediaType, expiry } = checkedAnswers({
    slug: "a",
    credentials: "query",
    token: "/data/token",
  });
  expect({ names, mediaType, expiry }).toEqual({
    names: { apiKey: "api_key" },
    mediaType: "none",
    expiry: "/data/expires_in",
  });
});

describe("refuses", () => {
  const table: [given: Given, message: string][] = [
    [{}, 'vendor: expected a slug in lower case, such as acme-pay, received ""'],
    [{ slug: "Acme" }, 'vendor: expected a slug in lower case, such as acme-pay, received "Acme"'],
    [{ slug: "../acme" }, 'vendor: expected a slug in lower case, such as acme-pay, received "../acme"'],
    [{ slug: "3ds" }, 'vendor: expected a slug in lower case, such as acme-pay, received "3ds"'],
    [
      { "base-url": "http://acme.example" },
      '--base-url: expected an https URL without query, such as https://api.acme.example, or none, received "http://acme.example"',
    ],
    [{ path: "token" }, '--path: expected a path such as /oauth/token, received "token"'],
    [
      { credentials: "cookie" },
      '--credentials: expected one of body, basic, header, query, received "cookie"',
    ],
    [
      { names: "client_id" },
      '--names: expected credentials and their names, such as clientId=client_id,clientSecret=client_secret, received "client_id"',
    ],
    [
      { credentials: "basic", names: "clientId=user,clientSecret=password" },
      '--names: expected credentials and their names, such as clientId=username,clientSecret=password, received "clientId=user,clientSecret=password"',
    ],
    [
      { "media-type": "none" },
      '--media-type: expected json or form, since the credentials go into the body, received "none"',
    ],
    [{ token: "token" }, '--token: expected a JSON pointer such as /data/token, received "token"'],
    [
      { token: "/data", expiry: "/data/until" },
      '--expiry: expected another place than that of the token, received "/data/until"',
    ],
    [
      { "expiry-format": "days" },
      '--expiry-format: expected one of seconds, iso, epoch-seconds, epoch-milliseconds, received "days"',
    ],
  ];
  for (const [given, message] of table) {
    test(message, () => {
      const complete =
        "slug" in given || Object.keys(given).length === 0 ? given : { slug: "acme", ...given };
      expect(() => checkedAnswers(complete)).toThrow(new UsageProblem(message));
    });
  }
});
