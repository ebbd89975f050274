import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a server responds. */
export interface Scripted {
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
}

/** A server on loopback until the test ends; its URL has no slash at the end. */
export async function serve(respond: (request: Arrived) => Scripted | Promise<Scripted>): Promise<string> {
  const server = createServer(async (request, response) => {
    const { method = "", url: path = "", headers } = request;
    const scripted = await respond({ method, path, headers, body: await text(request) });
    response.writeHead(scripted.status ?? 200, scripted.headers).end(scripted.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
