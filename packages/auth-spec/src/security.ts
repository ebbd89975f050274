import type { ApiSecurity, Companion, TokenPresentation } from "@org/auth-core/vendor";
import { listAt, nodeAt, type Place, rootOf, step, textOf } from "./document.ts";
import { type Report, shown } from "./problem.ts";
import { type RequestMember, readCredentialName, SECRET_NAME } from "./request-members.ts";

const ANONYMOUS_OR_BASIC =
  "security: [], since a token request carries no token, or one HTTP Basic scheme with x-credential";

/** The parts of HTTP Basic authentication, and what a caller is told about them. */
const PARTS = [
  ["username", "User name of the HTTP Basic authentication at the token endpoint."],
  ["password", "Password of the HTTP Basic authentication at the token endpoint."],
] as const;

/** A scheme that calls of the API are authorized by, and where it stands. */
interface ReadScheme {
  readonly place: Place;
  /** The token, here or, where there is nothing else, in `Authorization` after its own type. */
  readonly token?: TokenPresentation | "default";
  readonly companion?: Omit<Companion, "default">;
  readonly mutualTLS?: true;
}

/**
 * How calls of the API are authorized: all schemes of the one root security requirement together. `undefined` for
 * `Authorization: Bearer` alone, which is meant as well where nothing is said.
 */
export function readApiSecurity(root: Place, report: Report): ApiSecurity | undefined {
  const security = step(root, "security");
  const requirements = listAt(security);
  if (requirements.length > 1) {
    report("api-security", security, "one security requirement", `${requirements.length} alternatives`);
    return undefined;
  }
  const names = Object.keys(nodeAt(step(security, "0")));
  const schemes = names.flatMap((name) => readScheme(schemeOf(root, name), report));
  if (schemes.length < names.length || names.length === 0) return undefined;
  const [token, second] = schemes.filter((scheme) => scheme.token);
  if (!token || second) {
    const expected = token
      ? "one scheme that carries the token; an API key beside it has x-credential"
      : "a scheme that carries the token beside the others, such as an http scheme bearer";
    report("api-security", second?.place ?? step(security, "0"), expected, second ? "a second one" : "none");
    return undefined;
  }
  checkPlaces(schemes, report);
  const companions = schemes.flatMap(({ companion }) => companion ?? []);
  const mutualTLS = schemes.some((scheme) => scheme.mutualTLS);
  if (token.token === "default" && companions.length === 0 && !mutualTLS) return undefined;
  return {
    ...(token.token && token.token !== "default" && { token: token.token }),
    ...(companions.length > 0 && { companions }),
    ...(mutualTLS && { mutualTLS }),
  };
}

/**
 * The same with the defaults that the token operations give the companions' credentials. Notes a companion that is no
 * credential of each grant: a caller would have no way to pass it.
 */
export function withCredentialsOf(
  grants: readonly { readonly name: string; readonly members: readonly RequestMember[] }[],
  security: ApiSecurity | undefined,
  root: Place,
  report: Report,
): ApiSecurity | undefined {
  if (!security?.companions) return security;
  const companions = security.companions.map((companion): Companion => {
    const found = grants.map(({ name, members }) => ({
      name,
      credential: members.find(({ credential }) => credential?.name === companion.credential)?.credential,
    }));
    const lacking = found.filter(({ credential }) => !credential).map(({ name }) => name);
    const preset = found.find(({ credential }) => credential)?.credential?.default;
    if (lacking.length > 0) {
      const place = companionPlace(root, companion.credential);
      const expected = `a credential of each grant, and ${lacking.join(", ")} has none of this name`;
      report("api-security", place, expected);
    }
    return preset === undefined ? companion : { ...companion, default: preset };
  });
  return { ...security, companions };
}

function companionPlace(root: Place, credential: string): Place {
  const names = Object.keys(nodeAt(step(root, "security", "0")));
  const places = names.map((name) => step(schemeOf(root, name), "x-credential"));
  return places.find(({ value }) => value === credential) ?? step(root, "security");
}

function readScheme(scheme: Place, report: Report): ReadScheme[] {
  const { type, scheme: kind, in: where, name, "x-credential": credential } = nodeAt(scheme);
  const refuse = (expected: string, found?: string): ReadScheme[] => {
    report("api-security", scheme, expected, found);
    return [];
  };
  if (credential !== undefined && type !== "apiKey") {
    return refuse(
      "x-credential on an apiKey scheme only, since calls of the API carry a token here",
      textOf(type),
    );
  }
  if (type === "oauth2" || type === "openIdConnect") return [{ place: scheme, token: "default" }];
  if (type === "mutualTLS") return [{ place: scheme, mutualTLS: true }];
  if (type === "http") {
    const word = textOf(kind);
    if (/^bearer$/i.test(word)) return [{ place: scheme, token: "default" }];
    if (!NAME.test(word) || /^(basic|digest)$/i.test(word)) {
      return refuse(
        "a scheme that a token stands after, such as bearer or Token",
        word ? `scheme: ${word}, which is not supported` : "no scheme",
      );
    }
    return [{ place: scheme, token: { in: "header", name: "Authorization", scheme: word } }];
  }
  if (type !== "apiKey") {
    return refuse("type: http, apiKey, oauth2, openIdConnect or mutualTLS", textOf(type) || undefined);
  }
  if (where === "query") {
    return refuse(
      "an apiKey in a header or a cookie, since what is in a URL ends up in logs (RFC 9700, section 4.3.2)",
      "apiKey in query, which is not supported",
    );
  }
  if (where !== "header" && where !== "cookie") return refuse("an apiKey in header or cookie");
  if (typeof name !== "string" || !NAME.test(name) || (where === "header" && RESERVED.test(name))) {
    report("api-security", step(scheme, "name"), `the name of a ${where}, such as "X-Access-Token"`);
    return [];
  }
  if (credential === undefined) return [{ place: scheme, token: { in: where, name } }];
  const known = readCredentialName(step(scheme, "x-credential"), report);
  return known === undefined ? [] : [{ place: scheme, companion: { in: where, name, credential: known } }];
}

/** Notes what would overwrite something else. */
function checkPlaces(schemes: readonly ReadScheme[], report: Report): void {
  const taken = new Set<string>();
  for (const { place, token, companion } of schemes) {
    const carried = token === "default" ? AUTHORIZATION : (token ?? companion);
    if (!carried) continue;
    const key = carried.in === "header" ? `header ${carried.name.toLowerCase()}` : `cookie ${carried.name}`;
    if (taken.has(key)) {
      report("api-security", place, "a header or cookie that no other scheme takes", key);
    }
    taken.add(key);
  }
}

const AUTHORIZATION: TokenPresentation = { in: "header", name: "Authorization" };
/** @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 RFC 9110, section 5.6.2} */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
/** Headers that say something else of a request, or that `fetch` sets itself. */
const RESERVED =
  /^(accept|accept-encoding|connection|content-(type|length|encoding)|cookie|expect|host|te|transfer-encoding|upgrade)$/i;

/**
 * The credentials that a token operation sends by HTTP Basic authentication (`client_secret_basic`); none where its
 * security is empty.
 */
export function readBasicAuthentication(operation: Place, report: Report): RequestMember[] {
  const security = step(operation, "security");
  if (!Array.isArray(security.value)) {
    report("operation-security", security, ANONYMOUS_OR_BASIC);
    return [];
  }
  if (security.value.length === 0) return [];
  const names = Object.keys(nodeAt(step(security, "0")));
  const scheme = schemeOf(rootOf(operation.document), names[0] ?? "");
  const { type, scheme: kind } = nodeAt(scheme);
  const isBasic = type === "http" && textOf(kind).toLowerCase() === "basic";
  if (security.value.length > 1 || names.length > 1 || !isBasic) {
    report("operation-security", security, ANONYMOUS_OR_BASIC);
    return [];
  }
  return readParts(step(scheme, "x-credential"), report);
}

function readParts(credentials: Place, report: Report): RequestMember[] {
  const { encoding, ...parts } = nodeAt(credentials);
  if (encoding !== undefined && encoding !== "raw") {
    const expected = "encoding: raw, or none where the server decodes as RFC 6749, section 2.3.1 says";
    report("operation-security", step(credentials, "encoding"), expected);
  }
  if (Object.keys(parts).sort().join() !== "password,username") {
    const expected = "x-credential: { username: clientId, password: clientSecret }";
    report("operation-security", credentials, expected, shown(credentials.value));
    return [];
  }
  return PARTS.flatMap(([part, description]): RequestMember[] => {
    const name = readCredentialName(step(credentials, part), report);
    if (name === undefined) return [];
    const secret = part === "password" || SECRET_NAME.test(name);
    const credential = { name, description, required: true, secret, default: undefined };
    const raw = encoding === "raw" ? ({ encoding } as const) : {};
    return [{ in: "basic", path: [part], credential, ...raw, samples: [`example-${name}`] }];
  });
}

function schemeOf(root: Place, name: string): Place {
  return step(root, "components", "securitySchemes", name);
}
