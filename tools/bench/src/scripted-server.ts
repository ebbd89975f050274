import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { AUTHORITY_METADATA } from "./subjects/authority.ts";

/** How the token endpoint and the protected resource of a case respond, until the script is changed. */
export interface Script {
  /** `expires_in` as sent; `undefined` leaves it out. */
  readonly lifetime?: unknown;
  /** Milliseconds before a token request is responded to. */
  readonly delay?: number;
  /** Responds to token requests with this status instead of a token. */
  readonly status?: number | null;
  /** Repeats the request, secret and all, in the refusal. */
  readonly echo?: boolean;
  /** Issues a new refresh token each time and refuses all others. */
  readonly rotate?: boolean;
  /** Tokens issued before this number are refused by the resource. */
  readonly oldestAccepted?: number;
}

/** What the server saw of one case. */
export interface Seen {
  tokenRequests: number;
  resourceRequests: number;
  refreshTokens: string[];
}

interface Case {
  readonly url: string;
  readonly seen: Seen;
  script: Script;
  /** How many tokens were issued. */
  issued: number;
}

/** The server that every library talks to. */
export type ScriptedServer = Awaited<ReturnType<typeof startScriptedServer>>;

/** Starts the server on a free port of loopback. */
export async function startScriptedServer() {
  const cases = new Map<string, Case>();
  const server = createServer(async (request, response) => {
    const failed = (error: unknown) => new Response(String(error), { status: 500 });
    const { status, headers, body } = await respond(cases, request).catch(failed);
    response.writeHead(status, Object.fromEntries(headers)).end(body && (await text(body)));
  });
  server.keepAliveTimeout = 1000;
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    /** One library in one scenario: its own URL, script and counts. */
    open(name: string, script: Script) {
      const seen: Seen = { tokenRequests: 0, resourceRequests: 0, refreshTokens: [] };
      const opened = { url: `http://127.0.0.1:${port}/${name}`, seen, script, issued: 0 };
      cases.set(name, opened);
      return opened;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function respond(cases: ReadonlyMap<string, Case>, request: IncomingMessage): Promise<Response> {
  const url = new URL(request.url ?? "/", "http://loopback");
  const [, name = "", ...rest] = url.pathname.split("/");
  const found = cases.get(name);
  const path = rest.join("/");
  const body = await text(request);
  if (!found) return Response.json({ error: "no such case" }, { status: 404 });
  if (path === "control") {
    found.script = { ...found.script, ...JSON.parse(body) };
    return Response.json(found.seen);
  }
  if (path.endsWith("/.well-known/openid-configuration"))
    return Response.json(JSON.parse(AUTHORITY_METADATA));
  if (path !== "resource") return token(found, path, request.headers, body);
  await sleep(Number(url.searchParams.get("delay") ?? 0));
  return resource(found, request.headers);
}

function resource({ seen, script }: Case, { authorization = "" }: IncomingHttpHeaders): Response {
  seen.resourceRequests++;
  const sent = /^(?:bearer|token) .*TOKEN-MARKER-(\d+)$/i.exec(authorization)?.[1] ?? "0";
  if (Number(sent) >= (script.oldestAccepted ?? 1)) return Response.json({});
  const headers = { "www-authenticate": 'Bearer error="invalid_token"' };
  return Response.json({ message: "Bad credentials" }, { status: 401, headers });
}

async function token(
  found: Case,
  path: string,
  { authorization = "" }: IncomingHttpHeaders,
  body: string,
): Promise<Response> {
  const { seen, script } = found;
  seen.tokenRequests++;
  const sent = refreshTokenIn(body);
  if (sent !== undefined) seen.refreshTokens.push(sent);
  const { delay = 0, status, echo, rotate, lifetime } = script;
  await sleep(delay);
  const refuse = (status: number, error: string, error_description: string) =>
    Response.json({ error, error_description }, { status });
  if (typeof status === "number") {
    const error = status === 401 ? "invalid_client" : "temporarily_unavailable";
    return refuse(status, error, echo ? `refused: ${authorization} ${body}` : "refused");
  }
  if (rotate && sent !== undefined && sent !== refreshToken(found.issued)) {
    return refuse(400, "invalid_grant", "this refresh token was used");
  }
  found.issued++;
  const next = rotate ? { refresh_token: refreshToken(found.issued) } : {};
  return Response.json({ ...dialect(path, found.issued, lifetime), ...next });
}

/** Three of the libraries talk to one service only, and expect that service's response. */
function dialect(path: string, issued: number, lifetime: unknown): object {
  const now = Math.floor(Date.now() / 1000);
  const end = typeof lifetime === "number" ? now + lifetime : lifetime;
  if (path.endsWith("access_tokens")) {
    const expires_at = typeof end === "number" ? new Date(end * 1000).toISOString() : end;
    return { token: opaqueToken(issued), expires_at, permissions: {}, repository_selection: "all" };
  }
  if (path === "identity/token") {
    const access_token = jsonWebToken(issued, now, end);
    return { access_token, token_type: "Bearer", expires_in: lifetime, expiration: end };
  }
  return { access_token: opaqueToken(issued), token_type: "Bearer", expires_in: lifetime };
}

/** A token that says which it is and contains the marker that must not be printed. */
function opaqueToken(issued: number): string {
  return `TOKEN-MARKER-${issued}`;
}

function jsonWebToken(issued: number, iat: number, exp: unknown): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256", typ: "JWT" })}.${part({ iat, exp })}.${opaqueToken(issued)}`;
}

/** The first is the one that the client was made with. */
function refreshToken(issued: number): string {
  return `REFRESH-MARKER-${issued + 1}`;
}

function refreshTokenIn(body: string): string | undefined {
  if (body.startsWith("{")) return JSON.parse(body).refresh_token;
  return new URLSearchParams(body).get("refresh_token") ?? undefined;
}
