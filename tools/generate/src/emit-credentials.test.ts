import { expect, test } from "vitest";
import { AT, acme, type Change, object, SECRET, TEXT } from "./acme-spec.ts";
import { emitCredentials } from "./emit-credentials.ts";
import { readTokenOperation } from "./token-operation.ts";

function credentials(...changes: Change[]): string {
  const { text } = emitCredentials(readTokenOperation(acme(...changes)));
  return text.split("\n").slice(2).join("\n");
}

test("an interface for one grant: required, optional and with a default", () => {
  const body = object(
    {
      id: { ...TEXT, description: "Your id.\n\nNot your name.", "x-credential": "clientId" },
      key: { ...SECRET, "x-credential": "apiKey" },
      version: { ...TEXT, default: "*/1", description: "Version.", "x-credential": "version" },
      mode: { const: "live" },
    },
    "id",
    "version",
  );
  expect(
    credentials([AT.request, body]),
  ).toBe(`/** What acme issues to a caller of its API. Keep it on a server. */
export interface AcmeCredentials {
  /**
   * Your id.
   *
   * Not your name.
   */
  readonly clientId: string;
  readonly apiKey?: string | undefined;
  /**
   * Version.
   * Default: "*\\/1".
   */
  readonly version?: string | undefined;
}
`);
});

test("a union of interfaces for several grants", () => {
  const branch = (grant: string, description: string) => ({
    ...object(
      { grant_type: { const: grant }, id: { ...TEXT, "x-credential": "clientId" } },
      "grant_type",
      "id",
    ),
    description,
  });
  const changes = [
    [`${AT.operation}/x-token-grant`, ["api_key", "client_credentials"]],
    [AT.request, { oneOf: [branch("client_credentials", "By secret."), branch("api_key", "By key.")] }],
  ] satisfies Change[];
  expect(credentials(...changes)).toBe(`/** What acme issues to a caller of its API. Keep it on a server. */
export type AcmeCredentials =
  | AcmeApiKeyCredentials
  | AcmeClientCredentialsCredentials;

/** By key. */
export interface AcmeApiKeyCredentials {
  readonly grant: "api_key";
  readonly clientId: string;
}

/** By secret. */
export interface AcmeClientCredentialsCredentials {
  readonly grant: "client_credentials";
  readonly clientId: string;
}
`);
});
