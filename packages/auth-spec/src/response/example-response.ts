import { JSON_TYPE } from "./response-places.ts";
import type { ResponseDescription } from "./responses.ts";

/**
 * The response that a description shows in an example: its headers, and the body as JSON, or unchanged if it is text of
 * another media type. A range stands for its first status, `default` for 500.
 */
export function exampleResponse(
  { status, mediaType, headers }: Pick<ResponseDescription, "status" | "mediaType" | "headers">,
  body: unknown,
): Response {
  const isText = typeof body === "string" && mediaType !== undefined && !JSON_TYPE.test(mediaType);
  const type = mediaType === undefined ? {} : { "Content-Type": mediaType };
  const text = mediaType === undefined ? null : isText ? body : JSON.stringify(body, undefined, 2);
  const code = Number(status.replace("XX", "00").replace("default", "500"));
  return new Response(text, { status: code, headers: { ...headers, ...type } });
}
