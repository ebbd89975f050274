import { describe, expect, test } from "vitest";
import { AT, acme, type Change, object, SECRET, TEXT } from "./acme-spec.ts";
import { emitClient, emitIndex } from "./emit-client.ts";
import { readTokenOperation } from "./token-operation.ts";

function client(...changes: Change[]): string {
  return emitClient(readTokenOperation(acme(...changes))).text;
}

describe("the servers are", () => {
  const sandbox: Change = [
    "/servers/1",
    { url: "https://sandbox.acme.test", "x-name": "sandbox", description: "Play here." },
  ];
  const table: [name: string, changes: Change[], servers: string, options: string, parameter: string][] = [
    [
      "one, so that nothing has to be said",
      [],
      `{\n    production: "https://api.acme.test",\n  }`,
      ` {
  /** Which of the vendor's servers to talk to. */
  readonly server?: "production" | undefined;
  /** The URL below which the vendor's paths lie. Wins over \`server\`. */
  readonly baseUrl?: string | undefined;
};`,
      "options?",
    ],
    [
      "several, of which one has to be named",
      [sandbox],
      `{
    production: "https://api.acme.test",
    /** Play here. */
    sandbox: "https://sandbox.acme.test",
  }`,
      `
  (
    | {
        /** Which of the vendor's servers to talk to. */
        readonly server: "production" | "sandbox";
        /** The URL below which the vendor's paths lie. Wins over \`server\`. */
        readonly baseUrl?: string | undefined;
      }
    | {
        /** Which of the vendor's servers to talk to. */
        readonly server?: "production" | "sandbox" | undefined;
        /** The URL below which the vendor's paths lie. Wins over \`server\`. */
        readonly baseUrl: string;
      }
  );`,
      "options",
    ],
    [
      "none, so that a URL has to be given",
      [["/servers", [{ url: "{baseUrl}" }]]],
      "{}",
      ` {
  /** The URL below which the vendor's paths lie; the vendor publishes none. */
  readonly baseUrl: string;
};`,
      "options",
    ],
  ];
  for (const [name, changes, servers, options, parameter] of table) {
    test(name, () => {
      const text = client(...changes);
      expect(text).toContain(`  servers: ${servers},\n`);
      expect(text).toContain(`export type AcmeClientOptions = Omit<ClientOptions, "baseUrl"> &${options}\n`);
      expect(text).toContain(`export function createAcmeClient(${parameter}: AcmeClientOptions)`);
      expect(text).toContain(`  ${parameter}: AcmeClientOptions & VendorTokenCacheOptions,\n`);
      expect(text).toContain(`  ${parameter}: AcmeClientOptions & VendorTokenPoolOptions,\n`);
    });
  }
});

describe("the headers say", () => {
  const form = { "application/x-www-form-urlencoded": { schema: { $ref: "#/components/schemas/Form" } } };
  const changes: Change[] = [
    [
      "/components/schemas/Form",
      object({ key: { ...SECRET, "x-credential": "apiKey" }, mode: { ...TEXT, const: "a" } }),
    ],
    [`${AT.operation}/requestBody/content`, form],
  ];
  const table: [name: string, changes: Change[], headers: string][] = [
    ["JSON", [], '{ Accept: "application/json", "Content-Type": "application/json" }'],
    [
      "the media type of a form",
      changes,
      '{\n      Accept: "application/json",\n      "Content-Type": "application/x-www-form-urlencoded",\n    }',
    ],
    [
      "no media type where the specification describes no body",
      [
        [`${AT.operation}/requestBody`, undefined],
        [
          `${AT.operation}/parameters`,
          [{ in: "header", name: "k", schema: SECRET, "x-credential": "apiKey" }],
        ],
      ],
      '{ Accept: "application/json" }',
    ],
  ];
  for (const [name, changes, headers] of table) {
    test(name, () => expect(client(...changes)).toContain(`mergeHeaders(${headers}, rest.headers),\n`));
  }

  test("that a form is sent, which is made here unless the caller makes the body", () => {
    const made = "bodySerializer: (body) => new URLSearchParams(body).toString(),\n    ...rest,\n";
    expect(client(...changes)).toContain(made);
    expect(client()).not.toContain("bodySerializer:");
  });
});

test("the package exports the names that users type", () => {
  expect(emitIndex(readTokenOperation({ ...acme(), vendor: "acme-pay" })).text).toContain(`export {
  createAcmePayClient,
  createAcmePayTokenCache,
  createAcmePayTokenPool,
  type AcmePayClient,
  type AcmePayClientOptions,
} from "./client.ts";
export type { AcmePayCredentials } from "./credentials.ts";
export type { components, paths } from "./schema.ts";
`);
});
