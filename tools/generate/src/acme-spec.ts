import { pointerKeys, type Spec } from "./spec.ts";
import { SpecProblem } from "./spec-problem.ts";
import { readTokenOperation } from "./token-operation.ts";

/** A change of a test specification: what stands at a JSON pointer from now on; `undefined` removes it. */
export type Change = readonly [pointer: string, value: unknown];

/** Pointers into the specification that {@link acme} starts from. */
export const AT = {
  server: "/servers/0",
  operation: "/paths/~1token/post",
  request: "/paths/~1token/post/requestBody/content/application~1json/schema",
  responses: "/paths/~1token/post/responses",
  success: "/paths/~1token/post/responses/200",
  answer: "/paths/~1token/post/responses/200/content/application~1json/schema",
} as const;

/** The file that test specifications claim to come from. */
export const FILE = "specs/acme/openapi.yaml";

/** A member with a secret in it. */
export const SECRET = { type: "string", format: "password" } as const;

/** A member that nobody has to hide. */
export const TEXT = { type: "string" } as const;

/** A small valid specification with some changes, for tests. */
export function acme(...changes: readonly Change[]): Spec {
  const document = minimal();
  for (const [pointer, value] of changes) set(document, pointerKeys(pointer.slice(1)), value);
  return { vendor: "acme", file: FILE, document };
}

/** The message with which {@link acme} with these changes is refused. */
export function refusal(...changes: readonly Change[]): string {
  try {
    readTokenOperation(acme(...changes));
  } catch (error) {
    if (error instanceof SpecProblem) return error.message;
    throw error;
  }
  return "accepted";
}

/** How the message of a refusal reads. */
export function message(pointer: string, expected: string, found: string): string {
  return `${FILE}#${pointer}\n  expected: ${expected}\n  found:    ${found}`;
}

/** An object schema. */
export function object(properties: object, ...required: string[]): object {
  return { type: "object", required, properties };
}

/** An answer that holds JSON. */
export function json(schema: object, extension: object = {}): object {
  return { description: "", ...extension, content: { "application/json": { schema } } };
}

function minimal(): Record<string, unknown> {
  const credentials = object(
    {
      client_id: { type: "string", "x-credential": "clientId" },
      client_secret: { ...SECRET, "x-credential": "clientSecret" },
    },
    "client_id",
    "client_secret",
  );
  const token = json(object({ access_token: SECRET }, "access_token"), {
    "x-token-response": { access_token: "$response.body#/access_token" },
  });
  return {
    openapi: "3.1.1",
    info: { title: "Acme", version: "1.0.0" },
    servers: [{ url: "https://api.acme.test", "x-name": "production" }],
    paths: {
      "/token": {
        post: {
          security: [],
          "x-token-grant": "client_credentials",
          requestBody: { required: true, content: { "application/json": { schema: credentials } } },
          responses: { "200": token },
        },
      },
    },
  };
}

function set(target: unknown, [key = "", ...rest]: readonly string[], value: unknown): void {
  const parent = target as Record<string, unknown>;
  if (rest.length > 0) {
    if (!Object.hasOwn(parent, key)) parent[key] = {};
    set(parent[key], rest, value);
  } else if (value === undefined) delete parent[key];
  // An assignment would set the prototype where the key is `__proto__`.
  else Object.defineProperty(parent, key, { value, enumerable: true, writable: true, configurable: true });
}
