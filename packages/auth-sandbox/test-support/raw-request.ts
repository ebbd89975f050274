import { type OutgoingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";

/** What came back for a request. */
export interface RawResponse {
  readonly status: number;
  readonly reason: string | undefined;
  readonly body: string;
}

/** Sends a request with headers that `fetch` keeps to itself, such as `Host` and `Origin`. */
export function sendRaw(
  url: string,
  headers: OutgoingHttpHeaders,
  method = "GET",
  body = "",
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, async (response) => {
      const { statusCode = 0, headers: received } = response;
      resolve({
        status: statusCode,
        reason: received["sandbox-reason"]?.toString(),
        body: await text(response),
      });
    });
    sent.once("error", reject).end(body);
  });
}

/** Sends a request to the letter, and reads all that comes back until the sandbox hangs up. */
export async function sendLetters(url: string, letters: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.end(letters);
  return text(socket);
}
