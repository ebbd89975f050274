import { expressionPath, type Path, readAt } from "./expression.ts";
import { examplesOf, type Operation, preferredMediaType, type Schema } from "./openapi.ts";
import { formatLike } from "./time-format.ts";
import { decodeJwt } from "./token-minting.ts";

/** How a token operation answers when it issues a token. */
export interface SuccessSpec {
  readonly mediaType: string;
  readonly examples: Readonly<Record<string, unknown>>;
  /** Where the members of RFC 6749 sit in the body; constants are not in it. */
  readonly paths: Readonly<Record<string, Path>>;
  /** The example's access token, whose looks new ones imitate. */
  readonly accessToken: string;
  /** The example's refresh token; absent where the vendor gives none. */
  readonly refreshToken?: string;
  /** Seconds. */
  readonly lifetime: number;
  /** Where the specification lets an object on the way to the access token also be a string of JSON. */
  readonly jsonStringPath?: Path;
}

/**
 * Reads the 200 answer of a token operation.
 *
 * @throws TypeError when the example lacks an access token or the lifetime can not be told.
 */
export function readSuccess(operation: Operation): SuccessSpec {
  const response = operation.responses?.["200"];
  const mediaType = preferredMediaType(response?.content);
  const mapping = response?.["x-token-response"] ?? {};
  const media = response?.content?.[mediaType ?? ""] ?? {};
  const examples = examplesOf(media);
  const body = Object.values(examples)[0];
  const paths: Record<string, Path> = {};
  for (const [member, value] of Object.entries(mapping)) {
    const path = expressionPath(value);
    if (path) paths[member] = path;
  }
  const accessToken = paths.access_token && readAt(body, paths.access_token);
  if (mediaType === undefined || paths.access_token === undefined || typeof accessToken !== "string") {
    throw new TypeError(
      "its 200 response must have an example with the string that x-token-response.access_token names, " +
        `such as $response.body#/access_token; got ${JSON.stringify(mapping.access_token)}`,
    );
  }
  const { expires_at: expiresAt } = paths;
  if (expiresAt) for (const example of Object.values(examples)) formatLike(readAt(example, expiresAt), 0);
  const refreshToken = paths.refresh_token && readAt(body, paths.refresh_token);
  const jsonStringPath = findJsonString(media.schema, paths.access_token);
  return {
    mediaType,
    examples,
    paths,
    accessToken,
    lifetime: exampleLifetime(mapping, paths, body, accessToken),
    ...(paths.refresh_token && { refreshToken: String(refreshToken ?? "") }),
    ...(jsonStringPath && { jsonStringPath }),
  };
}

function exampleLifetime(
  mapping: Readonly<Record<string, unknown>>,
  paths: Readonly<Record<string, Path>>,
  body: unknown,
  accessToken: string,
): number {
  const { exp, iat } = decodeJwt(accessToken)?.payload ?? {};
  const stated = paths.expires_in ? readAt(body, paths.expires_in) : mapping.expires_in;
  const seconds = Number(stated ?? Number(exp) - Number(iat));
  if (Number.isInteger(seconds) && seconds > 0) return seconds;
  throw new TypeError(
    "its token's lifetime is not known: expected whole seconds in the example's expires_in, a constant " +
      "x-token-response.expires_in or a JWT with iat and exp",
  );
}

function findJsonString(schema: Schema | undefined, path: Path, walked: Path = []): Path | undefined {
  const alternatives = [schema, ...(schema?.oneOf ?? []), ...(schema?.anyOf ?? [])];
  if (alternatives.some((one) => one?.contentMediaType === "application/json")) return walked;
  const [segment, ...rest] = path;
  if (segment === undefined) return undefined;
  const next = alternatives.map((one) => one?.properties?.[segment]).find(Boolean);
  return findJsonString(next, rest, [...walked, segment]);
}
