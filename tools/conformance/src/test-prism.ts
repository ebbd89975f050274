import { join } from "node:path";
import type { RequestMember } from "@org/auth-spec";
import type { ReadSpec } from "@org/generate/spec";
import { REPOSITORY } from "@org/vendors";
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { beforeAll, describe, expect, it } from "vitest";
import { statusOf, tokenMembers } from "./documented.ts";
import { clockWithin } from "./scripted-vendor.ts";
import {
  type Credentials,
  credentialMembers,
  type Example,
  requiredCredentials,
  type Subject,
  specSubject,
} from "./subject.ts";

/** The header in which Prism says what is wrong with a request. */
const VIOLATIONS = "sl-violations";

/** Each request that is sent is validated by Prism, which knows OpenAPI and none of this repository's code. */
export function testPrism(
  spec: ReadSpec,
  subjects: readonly (readonly [name: string, subject: Subject])[],
): void {
  let baseUrl: string;
  beforeAll(async () => {
    const validation = { validateRequest: true, validateResponse: true, checkSecurity: true, errors: true };
    const prism = createServer(await getHttpOperationsFromSpec(join(REPOSITORY, spec.file)), {
      cors: false,
      config: { ...validation, isProxy: false, upstreamProxy: undefined, mock: { dynamic: false } },
      components: { logger: createLogger("Prism", { level: "silent" }) },
    });
    baseUrl = await prism.listen(0, "127.0.0.1");
    return () => prism.close();
  }, 60_000);

  /** Sends an example, changed or not, to Prism; its response to the last request. */
  const send = async (
    { createTokenCache }: Subject,
    { operation, mediaType }: Example,
    credentials: Credentials,
    name: string,
    change: (request: Request) => Promise<Request> = async (request) => request,
  ) => {
    let received: Response | undefined;
    const tokens = createTokenCache(credentials, {
      baseUrl,
      headers: { ...(mediaType && { "Content-Type": mediaType }), Prefer: `example=${name}` },
      clock: clockWithin(operation.success, name),
      attempts: 1,
      async fetch(request: Request) {
        received = await fetch(await change(request));
        return received;
      },
    });
    const accessToken = await tokens.getToken().then(
      (token) => token.accessToken,
      () => undefined,
    );
    return { accessToken, status: received?.status, violations: received?.headers.get(VIOLATIONS) };
  };

  describe.each(subjects)("accepts from %s", (_, subject) => {
    const cases = subject.examples.flatMap((example) =>
      Object.keys(example.operation.success.examples).map((name) => ({ ...example, name })),
    );
    it.each(cases)("$title, with the example response $name", async ({ name, ...example }) => {
      const { success } = example.operation;
      const accessToken = tokenMembers(success, name).access_token;
      for (const credentials of [example.credentials, requiredCredentials(example)]) {
        const accepted = { accessToken, status: statusOf(success.status), violations: null };
        expect(await send(subject, example, credentials, name)).toEqual(accepted);
      }
    });
  });

  // Without these, a Prism that accepts everything would pass.
  const subject = specSubject(spec);
  describe.each(subject.examples)("rejects $title", (example) => {
    const required = credentialMembers(example.grant).filter(
      // Prism does not validate cookies.
      (member) => member.credential.required && member.in !== "path" && member.in !== "cookie",
    );
    it.each(required)("without $credential.name", async (member) => {
      const [name = ""] = Object.keys(example.operation.success.examples);
      const { status, violations } = await send(subject, example, example.credentials, name, (request) =>
        without(request, member),
      );
      expect(status).toBeGreaterThanOrEqual(400);
      expect(violations).toContain('"severity":"Error"');
    });
  });
}

/** A request without one of its members. */
async function without(request: Request, { in: place, path }: RequestMember): Promise<Request> {
  const url = new URL(request.url);
  const headers = new Headers(request.headers);
  let text = await request.text();
  if (place === "query") url.searchParams.delete(path[0]);
  if (place === "header") headers.delete(path[0]);
  if (place === "basic" || place === "authorization") headers.delete("authorization");
  if (place === "body" && headers.get("content-type") === "application/x-www-form-urlencoded") {
    const form = new URLSearchParams(text);
    form.delete(path[0]);
    text = form.toString();
  } else if (place === "body") {
    const body = JSON.parse(text);
    const holder = path.slice(0, -1).reduce((at, key) => at[key], body);
    delete holder[path.at(-1) ?? ""];
    text = JSON.stringify(body);
  }
  return new Request(url, { method: request.method, headers, ...(text && { body: text }) });
}
