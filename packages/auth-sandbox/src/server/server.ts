import { X509Certificate } from "node:crypto";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import { consoleFile, consoleResponse } from "../control/console.ts";
import { CONTROL_PREFIX, isUnseen, respondToControlRequest } from "../control/control.ts";
import { startPage } from "../control/start-page.ts";
import {
  type Outcome,
  refused,
  type SandboxRequest,
  type SandboxResponse,
  valueResponse,
} from "../messages.ts";
import { type Check, checkObject, checkValue, wholeNumber } from "../option-check.ts";
import type { RunningVendor } from "../vendor/vendor.ts";
import { crossSite, type ForeignCheck, hostCheck, hostOf } from "./foreign-request.ts";
import { sandboxRequest } from "./in-process-fetch.ts";
import { LONGEST_BODY, readBody, readHeaders, readTarget } from "./read-request.ts";
import { type Called, type ServedRequest, servedRequest } from "./served-request.ts";

/** Where to listen, and how. */
export interface ListenOptions {
  /** TCP port. Default: 0, which picks a free one. */
  readonly port?: number;
  /**
   * Address or host name to bind to. Default: `127.0.0.1`, which only this machine can reach. A request whose `Host` is
   * neither this nor loopback is refused; with `0.0.0.0` or `::` it may be any address.
   */
  readonly host?: string;
  /** Serve https, with this certificate and its private key, both PEM. Any name in the certificate may be the `Host`. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Called for each request when its response is sent, or when none will be. */
  readonly onRequest?: (request: ServedRequest) => void;
}

/** A sandbox that is being served. */
export interface ListeningSandbox {
  /** Its URL, such as `http://127.0.0.1:4010`, without a trailing slash. */
  readonly url: string;
  /** Stops listening and closes all open connections. */
  close(): Promise<void>;
}

// A thousand callers may connect at the same moment; the default of 511 would make half of them wait for a retry.
const BACKLOG = 4096;

const BODY_RULE = `the body of a request must have at most ${LONGEST_BODY} bytes`;
const TOO_LONG = refused(valueResponse(413, { error: BODY_RULE }), BODY_RULE);

const hostName: Check = (value) =>
  typeof value === "string" && value !== "" ? undefined : 'a host name or address, such as "127.0.0.1"';

const callback: Check = (value) => (typeof value === "function" ? undefined : "a function");

/** Serves the vendors over HTTP. */
export async function listen(
  vendors: ReadonlyMap<string, RunningVendor>,
  options: ListenOptions = {},
): Promise<ListeningSandbox> {
  checkObject("listen option", options, {
    port: wholeNumber(0, 65535),
    host: hostName,
    // By checkTls, since this would show a text.
    tls: () => undefined,
    onRequest: callback,
  });
  const { port = 0, host = "127.0.0.1", tls, onRequest } = options;
  if (tls !== undefined) checkTls(Object(tls));
  const scheme = tls ? "https" : "http";
  let checkHost: ForeignCheck;
  const tell: Tell = (called, outcome) => {
    if (!onRequest) return;
    const served = servedRequest(vendors, called, outcome);
    try {
      onRequest(served);
    } catch {
      // What a listener throws must not end the process.
    }
  };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const call = readCall(vendors, scheme, request);
    const outcome = await respond({ vendors, checkHost, tell }, call, response).catch(failure);
    // A caller that disconnected cannot be told.
    const isGone = response.destroyed;
    if (outcome === "dropped") request.socket.destroy();
    const sent = outcome === "dropped" || isGone ? outcome : send(response, outcome);
    const isDone = typeof sent === "object" && sent.status < 400;
    if (isDone && call.first === CONTROL_PREFIX && isUnseen(call.method, call.below)) return;
    tell(call, isGone ? "gone" : sent);
  };
  const server = tls ? createHttpsServer({ ...tls }, handle) : createHttpServer(handle);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
  const bound = server.address() as AddressInfo;
  checkHost = hostCheck(host, bound, tls && new X509Certificate(tls.cert));
  return {
    url: `${scheme}://${addressOf(bound)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const TLS_MEMBERS = [
  ["cert", "a certificate as PEM text that begins with -----BEGIN CERTIFICATE-----"],
  ["key", "an unencrypted private key as PEM text, such as one that begins with -----BEGIN PRIVATE KEY-----"],
] as const;

/** @throws TypeError naming the member that cannot be used; it shows no text, since that may be a private key. */
function checkTls(tls: NonNullable<ListenOptions["tls"]>): void {
  for (const [name, expected] of TLS_MEMBERS) {
    const what = `listen option "tls.${name}"`;
    checkValue(what, tls[name], (value) => (typeof value === "string" ? undefined : expected));
    if (!isUsable({ [name]: tls[name] })) throw new TypeError(`${what} must be ${expected}, got other text`);
  }
  if (!isUsable(tls))
    throw new TypeError('listen option "tls.key" must be the key of "tls.cert", got another one');
}

function isUsable(options: SecureContextOptions): boolean {
  try {
    createSecureContext(options);
    return true;
  } catch {
    return false;
  }
}

/** A request and its target. */
interface Call extends Called {
  readonly request: IncomingMessage;
  readonly headers: Readonly<Record<string, string>>;
  readonly origin: string;
  readonly query: string;
  readonly first: string;
}

function readCall(
  vendors: ReadonlyMap<string, RunningVendor>,
  scheme: string,
  request: IncomingMessage,
): Call {
  const { pathname, search } = readTarget(request.url ?? "/");
  const [, first = "", ...rest] = pathname.split("/");
  const headers = readHeaders(request);
  return {
    request,
    method: request.method ?? "GET",
    headers,
    origin: `${scheme}://${headers.host?.toLowerCase()}`,
    pathname,
    query: search.slice(1),
    first,
    below: `/${rest.join("/")}`,
    vendor: vendors.get(first),
  };
}

interface Serving {
  readonly vendors: ReadonlyMap<string, RunningVendor>;
  readonly checkHost: ForeignCheck;
  readonly tell: Tell;
}

type Tell = (called: Called, outcome: Outcome | "gone") => void;

async function respond(
  { vendors, checkHost, tell }: Serving,
  { request, method, headers, origin, pathname, query, first, below, vendor }: Call,
  response: ServerResponse,
): Promise<Outcome> {
  const isControl = first === CONTROL_PREFIX;
  const foreign = checkHost(headers) ?? (isControl ? crossSite(method, headers, origin) : undefined);
  if (foreign) return foreign;
  const body = await readBody(request);
  if (body === undefined) return TOO_LONG;
  const message: SandboxRequest = { method, path: below, query, headers, body };
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  if (vendor) return vendor.handle(message, gone.signal);
  const file = consoleFile(method, pathname, headers);
  if (file !== undefined) return consoleResponse(file);
  if (isControl) return respondToControlRequest(vendors, message, { origin, send });
  return startPage([...vendors.values()], origin, pathname === "/" ? 200 : 404);

  /** Sends a request for the console as if it had come over the network. */
  async function send(to: RunningVendor, request: Request): Promise<Outcome> {
    const own = await sandboxRequest(request, new URL(`${origin}/${to.api.name}`));
    const outcome = await to.handle(own, gone.signal);
    const { pathname } = new URL(request.url);
    tell({ method: own.method, pathname, below: own.path, vendor: to }, outcome);
    return outcome;
  }
}

function failure(error: unknown): SandboxResponse {
  const message = `the sandbox failed: ${error instanceof Error ? error.message : String(error)}\n`;
  return { status: 500, headers: { "content-type": "text/plain; charset=utf-8" }, body: message };
}

/** Sends a response, or why it cannot be sent; returns what was sent. */
function send(response: ServerResponse, outcome: SandboxResponse): SandboxResponse {
  const write = ({ status, headers, body }: SandboxResponse) =>
    response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
  try {
    write(outcome);
    return outcome;
  } catch (error) {
    // An example of a header may hold text that no header can carry.
    const failed = failure(error);
    write(failed);
    return failed;
  }
}

function addressOf(bound: AddressInfo): string {
  // The addresses that stand for "all of this machine's" are not addresses to connect to.
  const address = { "0.0.0.0": "127.0.0.1", "::": "::1" }[bound.address] ?? bound.address;
  return hostOf({ ...bound, address });
}
