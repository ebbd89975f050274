import { UsageProblem } from "@org/vendors";
import { describe, expect, test } from "vitest";
import { checkedAnswers, type Given } from "./answers.ts";

test("takes the first choice by default", () => {
  expect(checkedAnswers({ slug: "acme-pay" })).toEqual({
    slug: "acme-pay",
    title: "Acme Pay",
    baseUrl: "none",
    apiUrl: "none",
    method: "POST",
    path: "/oauth/token",
    grant: "client_credentials",
    place: "body",
    credentials: [
      { place: "body", credential: "clientId", name: "client_id", required: true },
      { place: "body", credential: "clientSecret", name: "client_secret", required: true },
    ],
    encoding: "form",
    mediaType: "form",
    constants: [{ place: "body", name: "grant_type", value: "client_credentials" }],
    token: "/access_token",
    expiry: "/expires_in",
    expiryFormat: "seconds",
    presentation: { scheme: "bearer" },
    companions: [],
  });
});

test.each<[what: string, given: Given, answers: object]>([
  [
    "the credentials' place",
    { credentials: "query" },
    {
      credentials: [{ place: "query", credential: "apiKey", name: "api_key", required: true }],
      mediaType: "none",
    },
  ],
  ["the token's place", { token: "/data/token" }, { expiry: "/data/expires_in" }],
  ["a token that is the body", { token: "body" }, { expiry: "none" }],
  ["a lifetime that is only documented", { expiry: "1800" }, { expiry: "1800", expiryFormat: "seconds" }],
  ["a GET", { method: "GET", credentials: "basic" }, { mediaType: "none", constants: [] }],
  ["its own grant", { grant: "login", "media-type": "form" }, { constants: [] }],
])("chooses the rest by %s", (_, given, answers) => {
  expect(checkedAnswers({ slug: "a", ...given })).toMatchObject(answers);
});

test("reads several places, constants of any type and what may be left out", () => {
  const { credentials, constants, companions, presentation } = checkedAnswers({
    slug: "3ds",
    path: "/{tenant_id}/token",
    "media-type": "json",
    names: "id=login/id,scope?=scope,header:apiKey=X-Key",
    constants: "login/version:=2,query:mode=live",
    companions: "apiKey=X-Key,cookie:device=device_id",
    presentation: "cookie:session",
  });
  expect(credentials).toEqual([
    { place: "path", credential: "tenantId", name: "tenant_id", required: true },
    { place: "body", credential: "id", name: "login/id", required: true },
    { place: "body", credential: "scope", name: "scope", required: false },
    { place: "header", credential: "apiKey", name: "X-Key", required: true },
  ]);
  expect(constants).toEqual([
    { place: "body", name: "login/version", value: 2 },
    { place: "query", name: "mode", value: "live" },
  ]);
  expect(companions).toEqual([
    { in: "header", credential: "apiKey", name: "X-Key" },
    { in: "cookie", credential: "device", name: "device_id" },
  ]);
  expect(presentation).toEqual({ in: "cookie", name: "session" });
});

describe("refuses", () => {
  const table: [given: Given, message: string][] = [
    [{}, 'vendor: expected a slug in lower case, such as acme-pay, received ""'],
    [{ slug: "Acme" }, 'vendor: expected a slug in lower case, such as acme-pay, received "Acme"'],
    [{ slug: "../acme" }, 'vendor: expected a slug in lower case, such as acme-pay, received "../acme"'],
    [
      { "base-url": "http://acme.example" },
      '--base-url: expected an https URL without query, such as https://api.acme.example or https://{tenant}.acme.example, or none, received "http://acme.example"',
    ],
    [
      { "base-url": "https://{sub.acme.example" },
      '--base-url: expected an https URL without query, such as https://api.acme.example or https://{tenant}.acme.example, or none, received "https://{sub.acme.example"',
    ],
    [{ method: "PUT" }, '--method: expected one of POST, GET, received "PUT"'],
    [
      { method: "GET" },
      '--credentials: expected another place than the body, since the request is a GET, received "body"',
    ],
    [
      { credentials: "path" },
      '--credentials: expected a place other than path, since the path has no {name}, received "path"',
    ],
    [
      { names: "id=a/b,key=a/c", "media-type": "form" },
      '--media-type: expected json, since a form cannot contain objects, received "form"',
    ],
    [
      { names: "a=x,b=x/y", "media-type": "json" },
      '--names: expected credentials and their names, such as clientId=client_id,clientSecret=client_secret, none inside another, received "a=x,b=x/y"',
    ],
    [
      { names: "a=x/y/z,b=x/y", "media-type": "json" },
      '--names: expected credentials and their names, such as clientId=client_id,clientSecret=client_secret, none inside another, received "a=x/y/z,b=x/y"',
    ],
    [
      { names: "a=x", "media-type": "json", constants: "x/y=1" },
      '--constants: expected names that are not those of other values, none inside another, received "x/y=1"',
    ],
    [
      { credentials: "query", constants: "query:api_key=1" },
      '--constants: expected names that are not those of other values, none inside another, received "query:api_key=1"',
    ],
    [
      { names: "a=x", "media-type": "json", constants: "y=1,y=2" },
      '--constants: expected names that are not those of other values, none inside another, received "y=1,y=2"',
    ],
    [
      { constants: "version:=two" },
      '--constants: expected none, or names and values, such as grant_type=client_credentials,query:mode=live, received "version:=two"',
    ],
    [
      { presentation: "query:token" },
      '--presentation: expected bearer, scheme:Token, header:X-Token or cookie:session, received "query:token"',
    ],
    [
      { companions: "X-Key" },
      '--companions: expected none, or credentials and their headers, such as apiKey=X-Api-Key, received "X-Key"',
    ],
    [
      { path: "token" },
      '--path: expected a path such as /oauth/token or /v1/{tenantId}/token, received "token"',
    ],
    [
      { credentials: "fax" },
      '--credentials: expected one of body, basic, authorization, header, query, cookie, path, received "fax"',
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
      '--media-type: expected json or form, since credentials go into the body, received "none"',
    ],
    [
      { token: "token" },
      '--token: expected a JSON pointer such as /data/token, body or header:X-Token, received "token"',
    ],
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
