import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ask, respond, SECRET } from "../../test-support/acme-endpoint.ts";

describe("a refusal", () => {
  it.each<[status: number, code: string, retryable: boolean]>([
    [400, "invalid_request", false],
    [401, "invalid_client", false],
    [403, "invalid_client", false],
    [404, "unexpected_status", false],
    [408, "server_error", true],
    [418, "unexpected_status", false],
    [425, "server_error", true],
    [429, "rate_limited", true],
    [500, "server_error", true],
    [503, "server_error", true],
    [599, "server_error", true],
  ])("with status %i has code %s", async (status, code, retryable) => {
    const { error } = await ask([respond(status, "")], { attempts: 1 });
    expect(error).toMatchObject({
      name: "TokenRequestError",
      vendor: "acme",
      vendorStatus: status,
      code,
      retryable,
    });
    expect(error?.message).toBe(`acme: the token endpoint responded with ${status}`);
  });

  it("carries the vendor's words as the specification maps them", async () => {
    const problem = { code: 4711, reason: "no_luck", message: "Try harder" };
    const { error } = await ask([respond(401, { problem })]);
    expect(error).toMatchObject({ vendorCode: "4711", vendorReason: "no_luck", vendorMessage: "Try harder" });
    expect(error?.message).toBe("acme: the token endpoint responded with 401 (4711, no_luck, Try harder)");
  });

  it("carries an object as its JSON text", async () => {
    const { error } = await ask([respond(401, { problem: { message: { deep: [1] } } })]);
    expect(error?.vendorMessage).toBe('{"deep":[1]}');
  });

  it("falls back to the words of RFC 6749 where the specification maps none", async () => {
    const body = { error: "invalid_grant", error_description: "Code is used up" };
    const { error } = await ask([respond(400, body)]);
    expect(error).toMatchObject({
      code: "invalid_grant",
      vendorCode: "invalid_grant",
      vendorMessage: "Code is used up",
    });
  });

  it("of the client by a 400 is invalid_client", async () => {
    const { error } = await ask([respond(400, { error: "invalid_client" })]);
    expect(error?.code).toBe("invalid_client");
  });

  it("is not tried again when the credentials were rejected", async () => {
    for (const status of [400, 401, 403]) expect((await ask([respond(status, "")])).asked).toBe(1);
  });

  it("shows no secret that the vendor echoes, in whatever form", async () => {
    const echoes = [
      SECRET,
      encodeURIComponent(SECRET),
      JSON.stringify(SECRET),
      String(new URLSearchParams({ s: SECRET })),
    ];
    const problem = { code: SECRET, reason: echoes.join(" "), message: echoes };
    const { error } = await ask([respond(401, { problem })]);
    const shown = [
      inspect(error, { depth: 10, showHidden: true }),
      JSON.stringify(error),
      error?.message,
      error?.vendorReason,
    ];
    for (const text of shown) {
      for (const echo of [SECRET, encodeURIComponent(SECRET), "s3cr3t"]) expect(text).not.toContain(echo);
    }
    expect(error?.vendorCode).toBe("[redacted]");
  });
});

describe("a malformed response", () => {
  it.each([
    ["HTML", "<html><body>Welcome</body></html>", '"<html><body>Welcome</body></html>"'],
    ["an empty body", "", "an empty body"],
    ["no token", { hello: 1 }, '"{\\"hello\\":1}"'],
    ["a token that is not a string", { token: 7 }, "a body that may contain a credential (withheld)"],
    [
      "a token with a line break",
      { token: "abc\nSECRET" },
      "a body that may contain a credential (withheld)",
    ],
    ["a token beyond ASCII", { token: "t\u{1F511}" }, "a body that may contain a credential (withheld)"],
    ["an empty token", { token: "" }, "a body that may contain a credential (withheld)"],
    ["truncated JSON", '{"token":"eyJhbGciOi', "a body that may contain a credential (withheld)"],
    ["an echoed secret", `oops ${SECRET}`, "a body that may contain a credential (withheld)"],
    ["a long run of characters", "x".repeat(20), "a body that may contain a credential (withheld)"],
    ["null", "null", '"null"'],
    ["an array", "[]", '"[]"'],
  ])("of %s says so without any secret", async (_name, body, received) => {
    const { error, asked } = await ask([respond(200, body)]);
    expect(error).toMatchObject({ code: "malformed_response", vendorStatus: 200, retryable: false });
    expect(error?.message).toBe(
      `acme: the token endpoint responded with 200: expected a token response that matches the specification, received ${received}`,
    );
    expect(error?.cause).toBeUndefined();
    expect(asked).toBe(1);
  });

  it("quotes 200 characters of the body at most", async () => {
    const { error } = await ask([respond(200, "word ".repeat(100))]);
    expect(error?.message.split("received ")[1]).toHaveLength(202);
  });
});
