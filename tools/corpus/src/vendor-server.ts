import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Vendor } from "./vendor.ts";

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A loopback server that plays any vendor it is told to. */
export interface VendorServer {
  /** Who it is from now on. */
  play(vendor: Vendor): void;
  /**
   * A `fetch` in whose network this server is every https host, as if behind a proxy that ends TLS: `Forwarded` says which host was meant,
   * and `Client-Cert` that the connection had a client certificate.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc7239 RFC 7239}
   * @see {@link https://www.rfc-editor.org/rfc/rfc9440 RFC 9440}
   */
  fetchFor(connection: { readonly hasCertificate: boolean }): Fetch;
  close(): Promise<void>;
}

/** Starts the server on a free port. */
export async function startVendorServer(): Promise<VendorServer> {
  let vendor: Vendor | undefined;
  const server = createServer((request, response) => {
    respond(request, response).catch((error: Error) => response.destroy(error));
  });
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = "", url = "" } = request;
    const [path = ""] = url.split("?");
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const host = /host="(.*)"/.exec(headers.forwarded ?? "")?.[1] ?? "";
    const query = url.slice(path.length);
    const received = { method, host, path, query, headers, body: await text(request) };
    const reply = vendor?.respond(received) ?? new Response("{}", { status: 503 });
    response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.text());
  };
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    play(next) {
      vendor = next;
    },
    fetchFor:
      ({ hasCertificate }) =>
      async (input, init) => {
        const request = new Request(input, init);
        const { protocol, host, pathname, search } = new URL(request.url);
        if (protocol !== "https:") throw new TypeError(`expected https, received ${protocol}`);
        const headers = new Headers(request.headers);
        headers.set("forwarded", `host="${host}"`);
        if (hasCertificate) headers.set("client-cert", ":MIIB:");
        const { method, redirect } = request;
        const body = request.body === null ? {} : { body: await request.arrayBuffer() };
        return fetch(`http://127.0.0.1:${port}${pathname}${search}`, { method, redirect, headers, ...body });
      },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
