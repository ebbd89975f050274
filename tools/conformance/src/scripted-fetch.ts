/** A request that was sent. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A `fetch` without a network that remembers what it was asked. */
export interface ScriptedFetch {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly sent: readonly SentRequest[];
}

/** Responds to every request with what `respond` makes of it. */
export function scriptedFetch(respond: (request: SentRequest) => Response): ScriptedFetch {
  const sent: SentRequest[] = [];
  return {
    sent,
    async fetch(request) {
      const { method, url, headers } = request;
      const message = { method, url, headers, body: await request.text() };
      sent.push(message);
      return respond(message);
    },
  };
}
