import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { AUTHORITY_METADATA } from "./subjects/authority.ts";

/** How the token endpoint and the protected resource of a case answer, until the script is changed. */
export interface Script {
  /** `expires_in` as sent; `undefined` leaves it out. */
  readonly lifetime?: unknown;
  /** Milliseconds before a token request is answered. */
  readonly delay?: number;
  /** Answers token requests with this status instead of a token. */
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

/** One library in one scenario: its own URL, script and counts. */
export interface Case {
  readonly url: string;
  readonly seen: Seen;
}

interface OpenCase extends Case {
  script: Script;
  issued: number;
}

/** The server that every library talks to. Listens on loopback only. */
export interface ScriptedServer {
  open(name: string, script: Script): Case;
  close(): Promise<void>;
}

/** Starts the server on a free port. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const cases = new Map<string, OpenCase>();
  const server = createServer(async (request, response) => {
    try {
      await answer(cases, request, response);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  server.keepAliveTimeout = 1000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    open(name, script) {
      const opened: OpenCase = {
        url: `http://127.0.0.1:${port}/${name}`,
        seen: { tokenRequests: 0, resourceRequests: 0, refreshTokens: [] },
        script,
        issued: 0,
      };
      cases.set(name, opened);
      return opened;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answer(cases: Map<string, OpenCase>, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", "http://loopback");
  const [, name = "", ...rest] = url.pathname.split("/");
  const found = cases.get(name);
  const path = rest.join("/");
  const body = await text(request);
  if (!found) return send(response, 404, { error: "no such case" });
  if (path === "control") {
    found.script = { ...found.script, ...JSON.parse(body) };
    return send(response, 200, found.seen);
  }
  if (path.endsWith("/.well-known/openid-configuration")) {
    return send(response, 200, JSON.parse(AUTHORITY_METADATA));
  }
  if (path === "resource")
    return resource(found, request, response, Number(url.searchParams.get("delay") ?? 0));
  return token(found, request, response, path, body);
}

async function resource(found: OpenCase, request: IncomingMessage, response: ServerResponse, delay: number) {
  await sleep(delay);
  found.seen.resourceRequests++;
  const sent = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if (numberOf(sent) >= (found.script.oldestAccepted ?? 1)) return send(response, 200, {});
  response.setHeader("www-authenticate", 'Bearer error="invalid_token"');
  return send(response, 401, { message: "Bad credentials" });
}

async function token(
  found: OpenCase,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  body: string,
) {
  found.seen.tokenRequests++;
  const sent = refreshTokenIn(body);
  if (sent !== undefined) found.seen.refreshTokens.push(sent);
  const { delay = 0, status, echo, rotate, lifetime } = found.script;
  await sleep(delay);
  if (typeof status === "number") {
    const description = echo ? `refused: ${request.headers.authorization ?? ""} ${body}` : "refused";
    return send(response, status, { error: errorCode(status), error_description: description });
  }
  if (rotate && sent !== undefined && sent !== refreshToken(found.issued)) {
    return send(response, 400, { error: "invalid_grant", error_description: "this refresh token was used" });
  }
  found.issued++;
  const next = rotate ? { refresh_token: refreshToken(found.issued) } : {};
  return send(response, 200, { ...dialect(path, found.issued, lifetime), ...next });
}

/** Three of the libraries talk to one service only, and read the answer in its words. */
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

function errorCode(status: number): string {
  return status === 401 || status === 400 ? "invalid_client" : "temporarily_unavailable";
}

/** A token that says which it is and holds the marker that must not be printed. */
function opaqueToken(issued: number): string {
  return `TOKEN-MARKER-${issued}`;
}

function jsonWebToken(issued: number, iat: number, exp: unknown): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256", typ: "JWT" })}.${part({ iat, exp })}.${opaqueToken(issued)}`;
}

function numberOf(token: string): number {
  return Number(/TOKEN-MARKER-(\d+)$/.exec(token)?.[1] ?? 0);
}

/** The first is the one that the client was made with. */
function refreshToken(issued: number): string {
  return `REFRESH-MARKER-${issued + 1}`;
}

function refreshTokenIn(body: string): string | undefined {
  if (body.startsWith("{")) return JSON.parse(body).refresh_token;
  return new URLSearchParams(body).get("refresh_token") ?? undefined;
}

function send(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
