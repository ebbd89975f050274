import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Vendor } from "./vendor.ts";

/** A loopback server that plays any vendor it is told to. */
export interface VendorServer extends AsyncDisposable {
  /** Who it is from now on. */
  play(vendor: Vendor): void;
  /**
   * A `fetch` in whose network this server is every https host, as if behind a proxy that ends TLS: `Forwarded` says which host was
   * meant, and `Client-Cert` that the connection had a client certificate.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc7239 RFC 7239}
   * @see {@link https://www.rfc-editor.org/rfc/rfc9440 RFC 9440}
   */
  fetchFor(connection: { readonly hasCertificate: boolean }): typeof fetch;
}

/** Starts the server on a free port. */
export async function startVendorServer(): Promise<VendorServer> {
  let vendor: Vendor | undefined;
  const server = createServer(async (request, response) => {
    const { method = "", url = "" } = request;
    const headers = new Headers(request.headers as Record<string, string>);
    const host = /host="(.*)"/.exec(headers.get("forwarded") ?? "")?.[1];
    const body = await buffer(request);
    const received = new Request(`https://${host}${url}`, {
      method,
      headers,
      body: body.length > 0 ? body : null,
    });
    const failed = (error: unknown) => new Response(String(error), { status: 500 });
    const reply = (await vendor?.respond(received).catch(failed)) ?? new Response("{}", { status: 503 });
    response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.text());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
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
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await server[Symbol.asyncDispose]();
    },
  };
}
