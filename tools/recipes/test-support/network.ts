import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, request, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { createSandbox } from "@org/auth-sandbox";
import { makeCertificates } from "./certificates.ts";

/** Starts, on loopback, a network in which StoneX asks for a client certificate, and a proxy on the way to it. */
export async function startNetwork() {
  const folder = mkdtempSync(join(tmpdir(), "certificates-"));
  const certificates = makeCertificates(folder);
  const sandbox = await createSandbox();
  const stonex = sandbox.vendor("stonex");
  const plain = await sandbox.listen({ port: 0 });
  /** The clients that presented a certificate, by name, one per request. */
  const clients: string[] = [];
  /** What the proxy was asked to connect to, one per connection. */
  const tunnels: string[] = [];

  const forward: RequestListener = (received, response) => {
    const { method, headers, url = "" } = received;
    const { host } = new URL(plain.url);
    const forwarded = request(
      new URL(url, plain.url),
      { method, headers: { ...headers, host } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    received.pipe(forwarded);
  };
  const tls = {
    ca: readFileSync(certificates.ca),
    cert: readFileSync(certificates.server.certificate),
    key: readFileSync(certificates.server.key),
  };
  const open = createTlsServer(tls, forward);
  const guarded = createTlsServer(
    { ...tls, requestCert: true, rejectUnauthorized: true },
    (received, response) => {
      clients.push(String((received.socket as TLSSocket).getPeerCertificate().subject.CN));
      forward(received, response);
    },
  );

  const [openPort, guardedPort] = [await listening(open), await listening(guarded)];

  const proxy = createServer((_, response) => response.writeHead(405).end());
  proxy.on("connect", ({ url = "" }, socket, head) => {
    tunnels.push(url);
    const upstream = connect(openPort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });

  const proxyPort = await listening(proxy);
  const { clientId, clientSecret } = stonex.credentials();
  const credentials = { STONEX_CLIENT_ID: String(clientId), STONEX_CLIENT_SECRET: String(clientSecret) };
  const mtls: Readonly<Record<string, string>> = {
    ...credentials,
    STONEX_URL: `https://localhost:${guardedPort}/stonex`,
    CA_FILE: certificates.ca,
    CERTIFICATE_FILE: certificates.client.certificate,
    KEY_FILE: certificates.client.key,
  };
  const proxied: Readonly<Record<string, string>> = {
    ...credentials,
    // A name that only the proxy knows.
    STONEX_URL: "https://stonex.test/stonex",
    // How Node.js and Bun, and how Deno, learn of another authority without code.
    NODE_EXTRA_CA_CERTS: certificates.ca,
    DENO_CERT: certificates.ca,
    PROXY_URL: `http://127.0.0.1:${proxyPort}`,
  };
  return {
    certificates,
    clients,
    tunnels,
    /** What a recipe reads from its environment. */
    environment: { mtls, proxy: proxied },
    async close() {
      await Promise.all([...[open, guarded, proxy].map(stopped), plain.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function stopped(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => void server.close(() => resolve()));
}
