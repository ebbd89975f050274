import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server that speaks TCP only. */
export interface RawServer {
  readonly url: string;
  /** Every connection that was made, oldest first. */
  readonly sockets: readonly Socket[];
  /** Requests whose head has arrived, on all connections. */
  readonly requests: number;
  close(): Promise<void>;
}

/**
 * Listens on loopback and calls `respond` with the socket for every request, whose body it does not wait for.
 *
 * @param respond - gets the number of the request, from 1
 */
export async function listenRaw(respond: (socket: Socket, request: number) => void): Promise<RawServer> {
  const sockets: Socket[] = [];
  let requests = 0;
  const server = createServer((socket) => {
    sockets.push(socket);
    // What a client that left does to the connection is its own affair.
    socket.on("error", () => {});
    socket.on("data", (data) => {
      if (data.includes("HTTP/1.1\r\n")) respond(socket, ++requests);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    get requests() {
      return requests;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A whole HTTP response with this body. */
export function httpAnswer(body: string, headers: readonly string[] = []): string {
  const lines = ["HTTP/1.1 200 OK", "Content-Type: application/json", `Content-Length: ${body.length}`];
  return [...lines, ...headers, "", body].join("\r\n");
}
