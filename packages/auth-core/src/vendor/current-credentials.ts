import type { Clock } from "../clock.ts";
import { type RenewalPace, refusalAt, slowedBy } from "../renewal-pace.ts";
import type { TokenEndpoint } from "../request/token-endpoint.ts";
import { evidence, isRefusal, TokenRequestError } from "../token-request-error.ts";
import type { IssuedToken, TokenSource, TokenSourceRequest } from "../token-source.ts";
import { checkedCredentials } from "./credentials.ts";

/** Credentials, or a function that gives those to use now: it is called for each token request, never for a cached token. */
export type CurrentCredentials<Credentials> = Credentials | (() => Credentials | Promise<Credentials>);

/** How often the function is called while the vendor's refusal is remembered, in milliseconds. */
const LOOK_EVERY = 1000;

/**
 * A token source that makes each request with the credentials of the moment.
 *
 * When the vendor refuses them, the function is asked once more at once, and different ones are tried before anything is
 * remembered, so that a rotated secret costs no error. A refusal is remembered for the credentials that met it: others end
 * it. The source for some credentials is kept until they change.
 *
 * @throws {TypeError} at once for credentials that are incomplete, on a request where the function gives such ones.
 */
export function withCredentials<Credentials extends object>(
  endpoint: Pick<TokenEndpoint<never, never>, "vendor" | "grants">,
  given: CurrentCredentials<Credentials>,
  clock: Clock,
  sourceFor: (credentials: Readonly<Credentials>) => TokenSource,
): TokenSource {
  if (typeof given !== "function") return sourceFor(checkedCredentials(endpoint, given));
  let current: Current | undefined;
  /** Whose the last token is. */
  let owner: string | undefined;
  let pace: RenewalPace | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;

  const look = async (): Promise<Current> => {
    lookedAt = clock.monotonic();
    const credentials = checkedCredentials(endpoint, await called(endpoint.vendor, given));
    const text = textOf(credentials, () => true);
    if (text !== current?.text) {
      const isSecret = (name: string) => Object.values(endpoint.grants).some((rules) => rules[name]?.secret);
      current = {
        text,
        owner: textOf(credentials, (name) => !isSecret(name)),
        source: sourceFor(credentials),
      };
    }
    return current;
  };

  const ask = async (using: Current, request: TokenSourceRequest): Promise<IssuedToken | undefined> => {
    // Somebody else's token must not renew this one. By inheritance, since members of a request may change.
    const isForeign = request.previous !== undefined && owner !== undefined && owner !== using.owner;
    const none = { value: undefined };
    const token = await using.source(
      isForeign ? Object.create(request, { previous: none, refused: none }) : request,
    );
    pace = undefined;
    owner = using.owner;
    return token;
  };

  return async (request) => {
    const known = current;
    const refusal = request.forceRenew ? undefined : refusalAt(clock.monotonic(), pace);
    if (refusal !== undefined && clock.monotonic() < lookedAt + LOOK_EVERY) throw refusal;
    const using = await look();
    if (refusal !== undefined && using === known) throw refusal;
    try {
      return await ask(using, request);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const other = await look();
      if (other === using) throw remembered(error);
      return await ask(other, request).catch((next: unknown) => {
        throw isRefusal(next) ? remembered(next) : next;
      });
    }
  };

  function remembered(error: unknown): unknown {
    pace = slowedBy(error, false, clock.monotonic(), pace);
    return error;
  }
}

/** Credentials in use. */
interface Current {
  /** All of them, to tell others from them. */
  readonly text: string;
  /** Those that are not secret, which say whose a token is. */
  readonly owner: string;
  readonly source: TokenSource;
}

function textOf(credentials: object, isPart: (name: string) => boolean): string {
  return JSON.stringify(
    Object.entries(credentials)
      .filter(([name]) => isPart(name))
      .sort(),
  );
}

async function called<Credentials>(
  vendor: string,
  credentials: () => Credentials | Promise<Credentials>,
): Promise<Credentials> {
  try {
    return await credentials();
  } catch (error) {
    const cause = evidence(error, (text) => text);
    const detail = "the function that gives the credentials failed";
    throw new TokenRequestError({ vendor, code: "credentials_unavailable", detail, cause });
  }
}
