import { describe, expect, test } from "vitest";
import { AT, acme, type Change, json, object, SECRET, TEXT } from "./acme-spec.ts";
import { emitReadErrors, emitReadToken } from "./emit-read.ts";
import { readingsOf } from "./readings.ts";
import { readTokenOperation } from "./token-operation.ts";

const TOKEN = object({ access_token: SECRET, expires_in: { type: "integer" } }, "access_token");

function token(schema: object, mapping: object): string {
  const changes = [
    [AT.answer, schema],
    [`${AT.success}/x-token-response`, mapping],
  ] satisfies Change[];
  return emitReadToken(readingsOf(readTokenOperation(acme(...changes))).response);
}

/** The `readError` for statuses whose bodies may hold a code, a message, or both below `error`. */
function errors(extensions: Readonly<Record<string, unknown>>): string {
  const details = { code: TEXT, message: TEXT };
  const schema = object({ ...details, error: object(details) });
  const changes = Object.entries(extensions).map(
    ([status, extension]): Change => [
      `${AT.responses}/${status}`,
      json(schema, { "x-token-error": extension }),
    ],
  );
  return emitReadErrors(readingsOf(readTokenOperation(acme(...changes))).errors);
}

describe("a token is read", () => {
  test("from the body, with constants and a default lifetime", () => {
    const schema = object({ access_token: SECRET, expires_at: TEXT }, "access_token");
    const mapping = {
      token_type: "Bearer",
      access_token: "$response.body#/access_token",
      expires_at: "$response.body#/expires_at",
      expires_in: 1800,
    };
    expect(token(schema, mapping)).toBe(`  readToken(body) {
    if (!isAnswer200(body)) return undefined;
    return {
      tokenType: "Bearer",
      accessToken: body["access_token"],
      expiresAt: body["expires_at"],
      defaultExpiresIn: 1800,
    };
  },
`);
  });

  test("from an object within, and what stands beside it only if it is there", () => {
    const schema = object({ data: TOKEN, meta: object({ scope: TEXT }) }, "data");
    const mapping = {
      scope: "$response.body#/meta/scope",
      access_token: "$response.body#/data/access_token",
      expires_in: "$response.body#/data/expires_in",
    };
    expect(token(schema, mapping)).toBe(`  readToken(body) {
    const inMeta = findMeta(body);
    const inData = findData(body);
    if (!isAnswer200Data(inData)) return undefined;
    return {
      scope: isAnswer200Meta(inMeta) ? inMeta["scope"] : undefined,
      accessToken: inData["access_token"],
      expiresIn: inData["expires_in"],
    };
  },
`);
  });

  test("from alternatives of which some lack a member", () => {
    const bare = object({ access_token: SECRET }, "access_token");
    const mapping = {
      access_token: "$response.body#/access_token",
      expires_in: "$response.body#/expires_in",
    };
    expect(token({ oneOf: [TOKEN, bare] }, mapping)).toContain(
      'expiresIn: "expires_in" in body ? body["expires_in"] : undefined,\n',
    );
  });
});

describe("an error is read", () => {
  const code = "$response.body#/code";
  const table: [name: string, extensions: Record<string, unknown>, want: string][] = [
    ["never, where none is documented", {}, "  readError: () => undefined,\n"],
    [
      "by exact status, then by range, then by default",
      { default: { code }, "4XX": { code }, "500": { code, reason: "fatal" } },
      `  readError(status, body) {
    if (status === 500) {
      if (isAnswer500(body)) return { code: body["code"], reason: "fatal" };
    }
    if (status >= 400 && status < 500) {
      if (isAnswer4XX(body)) return { code: body["code"] };
    }
    if (isAnswerDefault(body)) return { code: body["code"] };
    return undefined;
  },
`,
    ],
    [
      "whatever the status",
      { default: { code } },
      `  readError(_status, body) {
    if (isAnswerDefault(body)) return { code: body["code"] };
    return undefined;
  },
`,
    ],
    [
      "whatever the body",
      { "401": { code: "refused", reason: 7 } },
      `  readError(status, _body) {
    if (status === 401) {
      return { code: "refused", reason: 7 };
    }
    return undefined;
  },
`,
    ],
    [
      "by the first alternative that is there",
      {
        "401": [
          { code, message: "$response.body#/message" },
          { code: "$response.body#/error/code" },
          { message: "$response.body#/error/message" },
        ],
      },
      `  readError(status, body) {
    if (status === 401) {
      if (isAnswer401(body)) return { code: body["code"], message: body["message"] };
      const inError = findError(body);
      if (isAnswer401Error(inError)) return { code: inError["code"] };
      if (isAnswer401Error2(inError)) return { message: inError["message"] };
    }
    return undefined;
  },
`,
    ],
    [
      "from two objects of which either may be there",
      { "401": { code, message: "$response.body#/error/message" } },
      `  readError(status, body) {
    if (status === 401) {
      const inError = findError(body);
      if (isAnswer401(body) || isAnswer401Error(inError)) return {
        code: isAnswer401(body) ? body["code"] : undefined,
        message: isAnswer401Error(inError) ? inError["message"] : undefined,
      };
    }
    return undefined;
  },
`,
    ],
  ];
  for (const [name, extensions, want] of table) test(name, () => expect(errors(extensions)).toBe(want));

  test("once for statuses that share a schema and a mapping", () => {
    const schema = { $ref: "#/components/schemas/Error" };
    const alike = (status: string): Change => [
      `${AT.responses}/${status}`,
      json(schema, { "x-token-error": { code } }),
    ];
    const spec = acme(
      ["/components/schemas/Error", object({ code: TEXT })],
      ...["400", "500", "5XX", "4XX"].map(alike),
    );
    expect(emitReadErrors(readingsOf(readTokenOperation(spec)).errors)).toBe(`  readError(status, body) {
    if (status === 400 || status === 500) {
      if (isAnswer400(body)) return { code: body["code"] };
    }
    if ((status >= 500 && status < 600) || (status >= 400 && status < 500)) {
      if (isAnswer5XX(body)) return { code: body["code"] };
    }
    return undefined;
  },
`);
  });
});
