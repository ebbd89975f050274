import { AT, acme, type Change, object, SECRET, TEXT } from "@org/acme-spec";
import { describe, expect, test } from "vitest";
import { changesOf } from "../test-support/documents.ts";
import { generate } from "./generate.ts";
import { readSpec } from "./spec.ts";

describe("the types that users see", () => {
  const textOf = async (name: string, ...changes: Change[]) => {
    const spec = readSpec({
      vendor: "acme-pay",
      file: "specs/acme/openapi.yaml",
      document: acme(...changes),
    });
    return (await generate(spec)).find((file) => file.name === name)?.text ?? "";
  };

  test("credentials: required, optional and with a default", async () => {
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
      await textOf("credentials.ts", [AT.request, body]),
    ).toContain(`export interface AcmePayCredentials {
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

  test("credentials: choices as a union", async () => {
    expect(await textOf("credentials.ts", ...changesOf("every-place"))).toContain(
      'readonly region?: "eu" | "us" | undefined;',
    );
    expect(await textOf("token-endpoint.ts", ...changesOf("every-place"))).toContain(
      'region: { required: false, secret: false, schema: { enum: ["eu", "us"] } },',
    );
  });

  test("credentials: a union for several grants", async () => {
    expect(await textOf("credentials.ts", ...changesOf("several-grants"))).toContain(
      "export type AcmePayCredentials = AcmePayACredentials | AcmePayUrnBCredentials;",
    );
  });

  const sandbox: Change = ["/servers/1", { url: "https://sandbox.acme.test", "x-name": "sandbox" }];
  test.each<[name: string, changes: Change[], parameter: string, members: string[]]>([
    ["one server, so that nothing has to be said", [], "options?", ['server?: "production" | undefined;']],
    [
      "several servers, one of which must be named",
      [sandbox],
      "options",
      ['server: "production" | "sandbox";', "baseUrl: string;"],
    ],
    [
      "no server, so that a URL is required",
      [["/servers", [{ url: "{baseUrl}" }]]],
      "options",
      ["baseUrl: string;"],
    ],
  ])("options: %s", async (_, changes, parameter, members) => {
    const text = await textOf("client.ts", ...changes);
    expect(text).toContain(`createAcmePayClient(${parameter}: AcmePayClientOptions)`);
    for (const member of members) expect(text).toContain(`readonly ${member}`);
  });

  test("options: variables of the server that is chosen", async () => {
    const text = await textOf("client.ts", ...changesOf("token-host"));
    expect(text).toContain(`          /** Your account's name. */
          readonly tenant: string;
          /** Default: "eu". */
          readonly region?: "eu" | "us" | undefined;
`);
    expect(text).toContain(`    production: {
      url: "https://login.acme.test/{tenant}",
      apiUrl: "https://{tenant}.{region}.acme.test/v1",
      variables: { tenant: {}, region: { default: "eu", enum: ["eu", "us"] } },
    },`);
  });

  test("what the package exports", async () => {
    expect((await textOf("index.ts")).match(/\b\w*Acme\w*|components|paths/g)?.sort()).toEqual([
      "AcmePayClient",
      "AcmePayClientOptions",
      "AcmePayCredentials",
      "components",
      "createAcmePayClient",
      "createAcmePayTokenCache",
      "createAcmePayTokenPool",
      "paths",
    ]);
  });
});
