/** A `fetch` with at most so many requests under way; the others wait their turn, as they stand. */
export function limitedFetch(atOnce: number): typeof globalThis.fetch {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async (...request) => {
    if (underWay >= atOnce) await new Promise<void>((turn) => waiting.push(turn));
    else underWay++;
    try {
      const response = await globalThis.fetch(...request);
      // Read here, so that its connection is free for the next.
      const { status, headers } = response;
      return new Response(await response.arrayBuffer(), { status, headers });
    } finally {
      const next = waiting.shift();
      if (next) next();
      else underWay--;
    }
  };
}
