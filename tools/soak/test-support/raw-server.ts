import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server that speaks TCP only. */
export type RawServer = Awaited<ReturnType<typeof listenRaw>>;

/**
 * Listens on loopback and calls `respond` with the socket for every request, whose body it does not wait for.
 *
 * @param respond - gets the number of the request, from 1
 */
export async function listenRaw(respond: (socket: Socket, request: number) => void) {
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
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every connection that was made, oldest first. */
    sockets,
    /** Requests whose head has arrived, on all connections. */
    get requests() {
      return requests;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A whole HTTP response with this body. */
export function httpAnswer(body: string, headers: readonly string[] = []): string {
  const lines = ["HTTP/1.1 200 OK", "Content-Type: application/json", `Content-Length: ${body.length}`];
  return [...lines, ...headers, "", body].join("\r\n");
}
