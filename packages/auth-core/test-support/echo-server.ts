import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A request as it came in over the wire, with what differs from call to call taken out. */
export interface Arrived {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: readonly string[];
  readonly body: string;
}

/** A server on loopback that remembers the last request. */
export interface EchoServer {
  readonly origin: string;
  /** Forgets what arrived; `onArrival` runs before the next request gets its response. */
  expect(onArrival: () => void): void;
  readonly arrived: Arrived | undefined;
  close(): void;
}

/** Starts a server that replies to everything with 200, and leaves the token out of what it remembers. */
export async function startEchoServer(token: string): Promise<EchoServer> {
  let arrived: Arrived | undefined;
  let arrive = () => {};
  const server = createServer(async (request, response) => {
    // A caller that gives up in the middle of its body has sent nothing to compare.
    const body = await buffer(request).catch(() => undefined);
    if (!body) return;
    arrived = comparable(request, body.toString("latin1"), token);
    arrive();
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    expect: (onArrival) => {
      arrived = undefined;
      arrive = onArrival;
    },
    get arrived() {
      return arrived;
    },
    close: () => void server.close(),
  };
}

function comparable(request: IncomingMessage, body: string, token: string): Arrived {
  const { method, url, rawHeaders } = request;
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name.toLowerCase()}: ${rawHeaders[index + 1]}`] : [],
  );
  const fixed = (text: string) => text.replace(/formdata-undici-\d+/g, "BOUNDARY");
  return {
    method,
    url,
    headers: lines
      .filter((line) => line !== `authorization: ${token}`)
      .map(fixed)
      .sort(),
    body: fixed(body),
  };
}
