import { AT, acme, object, SECRET, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { CREDENTIALS, vendor } from "../../test-support/scripted-vendor.ts";
import { createSpecTokenCache } from "./spec-token-cache.ts";

describe("a vendor like", () => {
  it("Tableau: a nested request, and a token in an object in an object", async () => {
    const credentials = object(
      {
        credentials: object(
          {
            personalAccessTokenName: { ...TEXT, "x-credential": "userName" },
            personalAccessTokenSecret: { ...SECRET, "x-credential": "tokenSecret" },
            site: object({ contentUrl: { ...TEXT, "x-credential": "site" } }, "contentUrl"),
          },
          "personalAccessTokenName",
          "personalAccessTokenSecret",
          "site",
        ),
      },
      "credentials",
    );
    const document = acme(
      [AT.request, credentials],
      [AT.response, object({ credentials: object({ token: SECRET }, "token") }, "credentials")],
      [`${AT.success}/x-token-response`, { access_token: "$response.body#/credentials/token" }],
    );
    const { requests, fetch } = vendor({ credentials: { token: "abc" } });
    const given = { userName: "ci", tokenSecret: "s", site: "shop" };
    expect((await createSpecTokenCache(document, given, { fetch }).getToken()).accessToken).toBe("abc");
    expect(await requests[0]?.json()).toEqual({
      credentials: {
        personalAccessTokenName: "ci",
        personalAccessTokenSecret: "s",
        site: { contentUrl: "shop" },
      },
    });
  });

  it("Veeva: a 200 that says no is a refusal, so that twenty calls with a wrong password make one login", async () => {
    const body = object(
      {
        responseStatus: TEXT,
        sessionId: SECRET,
        errors: { type: "array", items: object({ type: TEXT, message: TEXT }) },
      },
      "responseStatus",
    );
    const examples = {
      success: { value: { responseStatus: "SUCCESS", sessionId: "t" } },
      failure: {
        value: { responseStatus: "FAILURE", errors: [{ type: "INVALID_CREDENTIALS", message: "No." }] },
      },
    };
    const document = acme([
      AT.success,
      {
        description: "",
        "x-token-response": { access_token: "$response.body#/sessionId" },
        "x-token-error": {
          code: "$response.body#/errors/0/type",
          message: "$response.body#/errors/0/message",
        },
        content: { "application/json": { schema: body, examples } },
      },
    ]);
    const message = `no user s~e!c(r)e*t`;
    const wrong = vendor({ responseStatus: "FAILURE", errors: [{ type: "INVALID_CREDENTIALS", message }] });
    const refused = createSpecTokenCache(document, CREDENTIALS, { fetch: wrong.fetch });
    for (let call = 0; call < 20; call++) {
      const error = await refused.getToken().catch((thrown) => thrown);
      expect(error).toMatchObject({
        code: "invalid_client",
        retryable: false,
        vendorStatus: 200,
        vendorCode: "INVALID_CREDENTIALS",
        vendorMessage: "no user [redacted]",
      });
    }
    expect(wrong.requests).toHaveLength(1);
    const right = vendor({ responseStatus: "SUCCESS", sessionId: "abc", errors: [] });
    const token = await createSpecTokenCache(document, CREDENTIALS, { fetch: right.fetch }).getToken();
    expect(token.accessToken).toBe("abc");
  });

  it("OpenStack: a token in a header of the response", async () => {
    const document = acme([
      AT.success,
      {
        description: "",
        "x-token-response": { access_token: "$response.header.X-Subject-Token" },
        headers: { "X-Subject-Token": { required: true, schema: SECRET } },
      },
    ]);
    const sent: Request[] = [];
    const headers = [{ "x-subject-token": "abc" }, undefined];
    const fetch = async (input: RequestInfo | URL) => {
      sent.push(input as Request);
      return new Response(null, {
        status: 201,
        ...(headers[sent.length - 1] && { headers: headers[sent.length - 1] as HeadersInit }),
      });
    };
    const tokens = createSpecTokenCache(document, CREDENTIALS, { fetch, attempts: 1 });
    expect((await tokens.getToken()).accessToken).toBe("abc");
    expect(sent[0]?.headers.get("accept")).toBe("*/*");
    await expect(tokens.getToken({ forceRenew: true })).rejects.toMatchObject({ code: "malformed_response" });
  });

  it("MIP: a token that is the text of the response, which no error shows", async () => {
    const document = acme([
      AT.success,
      {
        description: "",
        "x-token-response": { access_token: "$response.body" },
        content: { "text/plain": { schema: SECRET } },
      },
    ]);
    const texts = ["abc.def\n", '"abc"', "two words"];
    const read = texts.map((text) =>
      createSpecTokenCache(document, CREDENTIALS, { fetch: async () => new Response(text), attempts: 1 })
        .getToken()
        .then(
          ({ accessToken }) => accessToken,
          (error: Error) => error.message,
        ),
    );
    expect(await Promise.all(read)).toEqual([
      "abc.def",
      "abc",
      "acme: POST https://api.acme.test/token responded with 200: expected a token response that matches the specification, received a body that is not one token (not shown)",
    ]);
  });
});
