import type { IncomingMessage } from "node:http";

/** The most bytes that the body of a request may have. */
export const LONGEST_BODY: number = 1024 * 1024;

const NOWHERE = "http://sandbox.invalid";

/** Reads the target of a request: a path or, as proxies receive it, a whole URL. Anything else leads nowhere. */
export function readTarget(target: string): URL {
  // Resolved against a base, a path that begins with two slashes would be taken for a host.
  const url = target.startsWith("/") ? NOWHERE + target : target;
  return new URL(URL.canParse(url) ? url : `${NOWHERE}/*`);
}

/** Reads the headers of a request; those that are repeated are joined. */
export function readHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(", ")]),
  );
}

/**
 * Reads the body of a request; resolves to `undefined` when it is longer than {@link LONGEST_BODY}. The rest is
 * still read and dropped: most callers look for a response only after they have sent everything.
 */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= LONGEST_BODY) chunks.push(chunk);
  }
  return length <= LONGEST_BODY ? Buffer.concat(chunks).toString() : undefined;
}
