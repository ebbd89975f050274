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

/** Answers every request with what `answer` makes of it. */
export function scriptedFetch(answer: (request: SentRequest) => Response): ScriptedFetch {
  const sent: SentRequest[] = [];
  return {
    sent,
    async fetch(request) {
      const { method, url, headers } = request;
      const message = { method, url, headers, body: await request.text() };
      sent.push(message);
      return answer(message);
    },
  };
}
