import { describe, expect, it } from "vitest";
import { readAccessToken, readMembers } from "../../test-support/read-token.ts";
import { schemaProblems } from "../../test-support/response-schema.ts";
import { callResource, send, tokenCases } from "../../test-support/token-cases.ts";
import { formatLike } from "../response/time-format.ts";
import { decodeJwt } from "../response/token-minting.ts";
import { createSandbox } from "../sandbox.ts";

const START = Date.parse("2030-01-02T03:04:05.678Z");

describe.each(await tokenCases())(
  "$vendor, $grant as $mediaType",
  ({ vendor, grant, operation, members, request }) => {
    async function ask(scope?: string) {
      const clock = { now: START };
      const sandbox = await createSandbox({ now: () => clock.now });
      const api = sandbox.vendor(vendor);
      const response = await send(
        sandbox.fetch,
        api.baseUrl,
        request(api, scope === undefined ? {} : { scope }),
      );
      return { sandbox, api, clock, response };
    }

    it("issues a token in a response that the specification's schema allows", async () => {
      const { api, response } = await ask();
      expect(response.headers.get("sandbox-reason")).toBeNull();
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe(operation.success.mediaType);
      expect(response.headers.get("date")).toBe("Wed, 02 Jan 2030 03:04:05 GMT");
      expect(schemaProblems(operation, 200, await response.json())).toEqual([]);
      expect(api.counts).toEqual({ tokenRequests: 1, tokensIssued: 1, resourceRequests: 0, refused: 0 });
    });

    it("states the lifetime consistently everywhere", async () => {
      const { response } = await ask();
      const {
        access_token: token,
        expires_in: seconds,
        expires_at: moment,
      } = readMembers(operation, await response.json());
      const { lifetime } = operation.sample;
      const end = Math.floor(START / 1000) + lifetime;
      if (operation.sample.paths.expires_in) expect(seconds).toBe(lifetime);
      if (operation.sample.paths.expires_at) {
        expect(moment).toBe(formatLike(moment, end));
        expect(Date.parse(String(moment))).toBe(end * 1000);
      }
      const jwt = decodeJwt(String(token));
      if (decodeJwt(operation.sample.accessToken)) {
        expect(jwt?.payload).toMatchObject({ iat: end - lifetime, exp: end });
      }
    });

    it("makes tokens that look like the example's and are never the same", async () => {
      const { response, sandbox, api } = await ask();
      const first = await readAccessToken(operation, response);
      const second = await readAccessToken(operation, await send(sandbox.fetch, api.baseUrl, request(api)));
      expect(first).not.toBe(second);
      const example = operation.sample.accessToken;
      expect(first.split(".").length).toBe(example.split(".").length);
      expect(decodeJwt(first)?.header).toEqual(decodeJwt(example)?.header);
      const prefix = /^[a-z]{2,4}[-_]/.exec(example)?.[0];
      if (prefix) expect(first.startsWith(prefix)).toBe(true);
    });

    it("tells the resource what the token stands for, until the exact end of its life", async () => {
      const { sandbox, api, clock, response } = await ask();
      const token = await readAccessToken(operation, response);
      const expiresAt = START + operation.sample.lifetime * 1000;
      const good = await callResource(sandbox.fetch, api.baseUrl, token);
      expect(good.status).toBe(200);
      const text = await good.text();
      expect(JSON.parse(text)).toMatchObject({
        vendor,
        grant,
        clientId: api.credentials(grant).clientId,
        expiresAt,
      });
      expect(text).not.toContain(token);

      clock.now = expiresAt - 1;
      expect((await callResource(sandbox.fetch, api.baseUrl, token)).status).toBe(200);
      clock.now = expiresAt;
      const late = await callResource(sandbox.fetch, api.baseUrl, token);
      expect(late.status).toBe(401);
      expect(late.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    });

    it("hands the requested scope on where the grant takes one", async () => {
      const { sandbox, api, response } = await ask("one:read two:write");
      const takesScope = members.some(({ credential }) => credential?.name === "scope");
      const token = await readAccessToken(operation, response);
      const { scope } = (await (await callResource(sandbox.fetch, api.baseUrl, token)).json()) as {
        scope?: string;
      };
      expect(scope).toBe(takesScope ? "one:read two:write" : undefined);
    });
  },
);
