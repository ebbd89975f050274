import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { authorizedFetch, TokenRequestError } from "@org/auth-core";
import { type FakeClock, fakeClock } from "@org/auth-core/testing";
import { type Configuration, Provider } from "oidc-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ContitCredentials, createContitTokenCache } from "./generated/index.ts";

// Contit's grants against an independent authorization server: oidc-provider, on loopback.

const CLIENT = { clientId: "app-4711", clientSecret: "correct horse/battery+staple" };
const REDIRECT_URI = "https://app.example.com/callback";
const SCOPE = "openid offline_access";
const LIFETIME = 3600;

const configuration: Configuration = {
  clients: [
    {
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
      redirect_uris: [REDIRECT_URI],
      grant_types: ["authorization_code", "client_credentials", "refresh_token"],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  routes: { token: "/connect/token" },
  features: { clientCredentials: { enabled: true } },
  // Contit's request has no member for a code verifier.
  pkce: { required: () => false },
  rotateRefreshToken: true,
  ttl: {
    AccessToken: LIFETIME,
    ClientCredentials: LIFETIME,
    RefreshToken: 86_400,
    Grant: 86_400,
    IdToken: LIFETIME,
    Interaction: LIFETIME,
    Session: LIFETIME,
  },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  cookies: { keys: ["only for this test"] },
};

let server: Server;
let provider: Provider;
let baseUrl: string;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider = new Provider(baseUrl, configuration);
  provider.use(alsoIssueRefreshToken);
  server.on("request", provider.callback());
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Contit answers the client-credentials grant with a refresh token; oidc-provider needs to be told. */
const alsoIssueRefreshToken: Parameters<Provider["use"]>[0] = async (context, next) => {
  await next();
  const { oidc } = context;
  if (context.status !== 200 || oidc?.params?.grant_type !== "client_credentials" || !oidc.client) return;
  const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: "service" });
  grant.addOIDCScope(SCOPE);
  const refreshToken = new provider.RefreshToken({
    client: oidc.client,
    accountId: "service",
    grantId: await grant.save(),
    gty: "client_credentials",
    scope: SCOPE,
  });
  context.body = { ...(context.body as object), refresh_token: await refreshToken.save() };
};

/** Logs in and consents on the server's own pages, as a person in a browser would. */
async function authorize(): Promise<string> {
  const cookies = new Map<string, string>();
  const browse = async (url: URL, form?: Record<string, string>) => {
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  const query = new URLSearchParams({
    client_id: CLIENT.clientId,
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    scope: SCOPE,
    prompt: "consent",
  });
  let url = new URL(`/auth?${query}`, baseUrl);
  for (let step = 0; step < 10; step++) {
    const page = await browse(url);
    const isForm = page.status === 200;
    const prompt = isForm ? /name="prompt" value="(\w+)"/.exec(await page.text())?.[1] : undefined;
    const answer = isForm ? await browse(url, { prompt: prompt ?? "", login: "ada", password: "any" }) : page;
    url = new URL(answer.headers.get("location") ?? "", url);
    const code = url.searchParams.get("code");
    if (code) return code;
  }
  throw new Error(`no authorization code after 10 pages, the last one at ${url.origin}${url.pathname}`);
}

interface Scene {
  readonly tokens: ReturnType<typeof createContitTokenCache>;
  readonly clock: FakeClock;
  /** What the cache asked for and how it was answered. */
  readonly requests: { grant: string | null; refreshToken: string | null; status: number }[];
}

/** A cache whose requests go to the server as forms, which is the one kind of body that oidc-provider reads. */
function createScene(credentials: ContitCredentials): Scene {
  const clock = fakeClock(Date.now());
  const requests: Scene["requests"] = [];
  const tokens = createContitTokenCache(credentials, {
    baseUrl,
    clock,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    async fetch(request) {
      const form = new URLSearchParams(await request.clone().text());
      const response = await fetch(request);
      const [grant, refreshToken] = [form.get("grant_type"), form.get("refresh_token")];
      requests.push({ grant, refreshToken, status: response.status });
      return response;
    },
  });
  return { tokens, clock, requests };
}

const withCode = async () =>
  createScene({
    grant: "authorization_code",
    ...CLIENT,
    code: await authorize(),
    redirectUri: REDIRECT_URI,
  });

/** Presents a refresh token that was used before, as a thief would. */
async function reuse(refreshToken: string | undefined): Promise<Response> {
  const form = { client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret };
  return fetch(`${baseUrl}/connect/token`, {
    method: "POST",
    body: new URLSearchParams({ ...form, grant_type: "refresh_token", refresh_token: refreshToken ?? "" }),
  });
}

/** Who the server says a token belongs to. */
async function owner({ tokens }: Scene): Promise<unknown> {
  const response = await authorizedFetch(tokens)(`${baseUrl}/me`);
  return response.status === 200 ? response.json() : response.status;
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("expected a TokenRequestError"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(TokenRequestError);
      return error as TokenRequestError;
    },
  );

describe("Contit's grants against oidc-provider", { timeout: 30_000 }, () => {
  it("an authorization code is exchanged once, then every renewal rotates the refresh token", async () => {
    const scene = await withCode();
    const seen = [await scene.tokens.getToken()];
    expect(await owner(scene)).toEqual({ sub: "ada" });
    for (let renewal = 1; renewal <= 4; renewal++) {
      await scene.clock.advance(LIFETIME * 1000);
      seen.push(await scene.tokens.getToken());
      expect(await owner(scene)).toEqual({ sub: "ada" });
    }
    const refreshTokens = seen.map(({ refreshToken }) => refreshToken);
    expect(new Set(refreshTokens).size).toBe(5);
    expect(new Set(seen.map(({ accessToken }) => accessToken)).size).toBe(5);
    expect(scene.requests).toEqual([
      { grant: "authorization_code", refreshToken: null, status: 200 },
      ...refreshTokens.slice(0, 4).map((refreshToken) => ({
        grant: "refresh_token",
        refreshToken,
        status: 200,
      })),
    ]);
  });

  it("concurrent callers after the expiry use the refresh token once, so it is never mistaken for stolen", async () => {
    const scene = await withCode();
    await scene.tokens.getToken();
    for (let renewal = 1; renewal <= 3; renewal++) {
      await scene.clock.advance(LIFETIME * 1000);
      await Promise.all(Array.from({ length: 50 }, () => scene.tokens.getToken()));
    }
    expect(scene.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it("the refresh_token grant takes over from an earlier token and rotates on", async () => {
    const { tokens } = await withCode();
    const { refreshToken = "" } = await tokens.getToken();
    const scene = createScene({ grant: "refresh_token", ...CLIENT, refreshToken });
    const first = await scene.tokens.getToken();
    await scene.clock.advance(LIFETIME * 1000);
    const second = await scene.tokens.getToken();
    expect(scene.requests).toEqual([
      { grant: "refresh_token", refreshToken, status: 200 },
      { grant: "refresh_token", refreshToken: first.refreshToken, status: 200 },
    ]);
    expect(new Set([refreshToken, first.refreshToken, second.refreshToken]).size).toBe(3);
    expect(await owner(scene)).toEqual({ sub: "ada" });
  });

  it("a token that the API refuses is renewed with its refresh token", async () => {
    const scene = await withCode();
    const { accessToken, refreshToken } = await scene.tokens.getToken();
    await (await provider.AccessToken.find(accessToken))?.destroy();
    expect(await owner(scene)).toEqual({ sub: "ada" });
    expect(scene.requests.at(-1)).toEqual({ grant: "refresh_token", refreshToken, status: 200 });
  });

  it("the server detects a reused refresh token; the authorization-code cache then says to authorize again", async () => {
    const scene = await withCode();
    const { refreshToken: stolen } = await scene.tokens.getToken();
    await scene.clock.advance(LIFETIME * 1000);
    const { refreshToken: newest } = await scene.tokens.getToken();

    const theft = await reuse(stolen);
    expect(theft.status).toBe(400);
    expect(await theft.json()).toMatchObject({ error: "invalid_grant" });

    // The family is revoked: the access token, and the refresh token that had not been used yet.
    const error = await failureOf(authorizedFetch(scene.tokens)(`${baseUrl}/me`));
    expect(error).toMatchObject({ code: "authorization_required", retryable: false });
    expect(error.cause).toMatchObject({
      code: "invalid_grant",
      vendorCode: "invalid_grant",
      vendorStatus: 400,
    });
    expect(scene.requests.at(-1)).toEqual({ grant: "refresh_token", refreshToken: newest, status: 400 });

    const asked = scene.requests.length;
    await Promise.all(Array.from({ length: 20 }, () => failureOf(scene.tokens.getToken())));
    expect(scene.requests).toHaveLength(asked);
  });

  it("the server detects a reused refresh token; the client-credentials cache falls back to its credentials", async () => {
    const scene = createScene({ grant: "client_credentials", ...CLIENT });
    const { refreshToken: stolen } = await scene.tokens.getToken();
    expect(stolen).toBeDefined();
    await scene.clock.advance(LIFETIME * 1000);
    const { refreshToken: newest } = await scene.tokens.getToken();
    expect((await reuse(stolen)).status).toBe(400);

    await scene.clock.advance(LIFETIME * 1000);
    const { refreshToken: fresh } = await scene.tokens.getToken();
    expect(new Set([stolen, newest, fresh]).size).toBe(3);
    expect(scene.requests).toEqual([
      { grant: "client_credentials", refreshToken: null, status: 200 },
      { grant: "refresh_token", refreshToken: stolen, status: 200 },
      { grant: "refresh_token", refreshToken: newest, status: 400 },
      { grant: "client_credentials", refreshToken: null, status: 200 },
    ]);
  });

  it("a used authorization code is refused as an invalid grant", async () => {
    const code = await authorize();
    const credentials = { grant: "authorization_code", ...CLIENT, code, redirectUri: REDIRECT_URI } as const;
    await createScene(credentials).tokens.getToken();
    const error = await failureOf(createScene(credentials).tokens.getToken());
    expect(error).toMatchObject({ code: "invalid_grant", vendorStatus: 400, vendorCode: "invalid_grant" });
  });

  it("a wrong secret is refused as an invalid client, once for twenty calls", async () => {
    const scene = createScene({ grant: "client_credentials", ...CLIENT, clientSecret: "wrong/secret" });
    const errors = await Promise.all(Array.from({ length: 20 }, () => failureOf(scene.tokens.getToken())));
    expect(errors[0]).toMatchObject({
      code: "invalid_client",
      vendorStatus: 401,
      vendorCode: "invalid_client",
    });
    expect(scene.requests).toHaveLength(1);
  });
});
