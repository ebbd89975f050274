/** At most this many bytes of a response are read, after decompression: 1 MiB. */
const MOST_BYTES = 1024 * 1024;

const tooLong = new WeakSet<Response>();

/** Whether `boundedResponse` left out this response's body. */
export function isTooLong(response: Response): boolean {
  return tooLong.has(response);
}

/**
 * A response with its body in memory, or without one if it is longer than 1 MiB: the rest is cancelled and not read.
 *
 * A body that is not a `ReadableStream`, such as from some libraries' `fetch`, is left as it is.
 *
 * @param signal - when it is aborted, the body is cancelled
 */
export async function boundedResponse(response: Response, signal?: AbortSignal): Promise<Response> {
  if (typeof response.body?.getReader !== "function") return response;
  const reader = response.body.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  signal?.addEventListener("abort", cancel);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    while (length <= MOST_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
  const isWhole = length <= MOST_BYTES;
  if (!isWhole) cancel();
  const bounded = new Response(isWhole ? new Blob(chunks) : "", response);
  if (!isWhole) tooLong.add(bounded);
  return Object.defineProperty(bounded, "url", { value: response.url });
}
