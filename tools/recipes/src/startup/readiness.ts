import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { TokenCache } from "@org/auth-core";
import { tokens } from "../tokens.ts";

/** The caches to warm, by name. */
const caches: Readonly<Record<string, TokenCache>> = { stonex: tokens };

/**
 * Gets the first token of each cache, and says which have none yet at the
 * deadline. Those go on: what is late is kept for the next caller.
 */
export async function warmUp(
  deadline: number,
): Promise<readonly string[]> {
  const warming = Object.entries(caches).map(
    async ([name, { getToken }]) => {
      await getToken().catch((error: Error) =>
        console.error(`${name}: ${error.message}`),
      );
    },
  );
  await Promise.race([
    Promise.all(warming),
    wait(deadline, undefined, { ref: false }),
  ]);
  return Object.entries(caches).flatMap(([name, { peek }]) =>
    peek() ? [] : [name],
  );
}

// Listens with the first token of each vendor, or after five seconds.
export async function start(port: number) {
  const missing = await warmUp(5000);
  if (missing.length > 0)
    console.warn(`started without a token of ${missing.join(", ")}`);
  return createServer((request, response) => {
    if (request.url === "/readyz") response.end("ready\n");
    else response.writeHead(404).end();
  }).listen(port, "127.0.0.1");
}
