import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CONTROL_PREFIX, respondToControlRequest } from "./control.ts";
import { crossSite, type ForeignCheck, hostCheck, hostOf } from "./foreign-request.ts";
import {
  type Outcome,
  refused,
  type SandboxRequest,
  type SandboxResponse,
  valueResponse,
} from "./messages.ts";
import { type Check, checkObject, wholeNumber } from "./option-check.ts";
import { LONGEST_BODY, readBody, readHeaders, readTarget } from "./read-request.ts";
import { startPage } from "./start-page.ts";
import type { RunningVendor } from "./vendor.ts";

/** Where to listen. */
export interface ListenOptions {
  /** TCP port. Default: 0, which takes any free one. */
  readonly port?: number;
  /**
   * Address or host name to bind to. Default: `127.0.0.1`, which only this machine can reach. A request whose `Host` is
   * neither this nor loopback is refused; with `0.0.0.0` or `::` it may be any address.
   */
  readonly host?: string;
}

/** A sandbox that is being served. */
export interface ListeningSandbox {
  /** Where, such as `http://127.0.0.1:4010`, without a slash at the end. */
  readonly url: string;
  /** Stops listening and cuts what is still open. */
  close(): Promise<void>;
}

// A thousand callers may connect at the same moment; the default of 511 would make half of them wait for a retry.
const BACKLOG = 4096;

const BODY_RULE = `the body of a request must have at most ${LONGEST_BODY} bytes`;
const TOO_LONG = refused(valueResponse(413, { error: BODY_RULE }), BODY_RULE);

const hostName: Check = (value) =>
  typeof value === "string" && value !== "" ? undefined : 'a host name or address, such as "127.0.0.1"';

/** Serves the vendors over HTTP. */
export async function listen(
  vendors: ReadonlyMap<string, RunningVendor>,
  options: ListenOptions = {},
): Promise<ListeningSandbox> {
  checkObject("listen option", options, { port: wholeNumber(0, 65535), host: hostName });
  const { port = 0, host = "127.0.0.1" } = options;
  let checkHost: ForeignCheck;
  const server = createServer((request, response) => {
    serve(vendors, checkHost, request, response).catch((error: unknown) => {
      // A caller that left cannot be told.
      if (response.destroyed) return;
      const message = `the sandbox failed: ${error instanceof Error ? error.message : String(error)}\n`;
      send(response, {
        status: 500,
        headers: { "content-type": "text/plain; charset=utf-8" },
        body: message,
      });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
  const bound = server.address() as AddressInfo;
  checkHost = hostCheck(host, bound);
  return {
    url: addressUrl(bound),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  vendors: ReadonlyMap<string, RunningVendor>,
  checkHost: ForeignCheck,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "GET" } = request;
  const { pathname, search } = readTarget(request.url ?? "/");
  const [, first = "", ...rest] = pathname.split("/");
  const headers = readHeaders(request);
  const foreign = checkHost(headers) ?? (first === CONTROL_PREFIX ? crossSite(method, headers) : undefined);
  if (foreign) return send(response, foreign);
  const body = await readBody(request);
  if (body === undefined) return send(response, TOO_LONG);
  const message: SandboxRequest = {
    method,
    path: `/${rest.join("/")}`,
    query: search.slice(1),
    headers,
    body,
  };
  const origin = `http://${headers.host}`;
  const vendor = vendors.get(first);
  let outcome: Outcome;
  if (vendor) {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    outcome = await vendor.handle(message, gone.signal);
  } else if (first === CONTROL_PREFIX) {
    outcome = respondToControlRequest(vendors, message, origin);
  } else {
    outcome = await startPage([...vendors.values()], origin, pathname === "/" ? 200 : 404);
  }
  if (outcome === "dropped") request.socket.destroy();
  else send(response, outcome);
}

function send(response: ServerResponse, { status, headers, body }: SandboxResponse): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}

function addressUrl(bound: AddressInfo): string {
  // The addresses that stand for "all of this machine's" are not addresses to connect to.
  const address = { "0.0.0.0": "127.0.0.1", "::": "::1" }[bound.address] ?? bound.address;
  return `http://${hostOf({ ...bound, address })}`;
}
