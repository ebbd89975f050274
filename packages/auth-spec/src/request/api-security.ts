import type { ApiSecurity, Companion, TokenPresentation } from "@org/auth-core/vendor";
import { isNode, listAt, nodeAt, type Place, rootOf, step, textOf } from "../document.ts";
import type { Report } from "../problem.ts";
import { HEADER_NAME } from "./parameters.ts";
import { type RequestMember, readCredentialName, SECRET_NAME } from "./request-members.ts";

/** A scheme that authorizes API calls, and its place in the document. */
interface ReadScheme {
  readonly place: Place;
  /** The token, here or, by default, in `Authorization` after its own type. */
  readonly token?: TokenPresentation | "default";
  readonly companion?: Omit<Companion, "default">;
  readonly mutualTLS?: true;
}

/**
 * How API calls are authorized: all schemes of the single root security requirement together. `undefined` for
 * `Authorization: Bearer` alone, which is also the default.
 */
export function readApiSecurity(root: Place, report: Report): ApiSecurity | undefined {
  const security = step(root, "security");
  const requirements = listAt(security);
  if (requirements.length > 1) {
    report("api-security", security, "one security requirement", `${requirements.length} alternatives`);
    return undefined;
  }
  const required = requiredSchemes(root);
  const schemes = required.flatMap((scheme) => readScheme(scheme, report));
  if (schemes.length < required.length || required.length === 0) return undefined;
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

/** The same, with the token operations' defaults for the companions' credentials. */
export function withDefaultsOf(
  grants: readonly { readonly members: readonly RequestMember[] }[],
  security: ApiSecurity | undefined,
): ApiSecurity | undefined {
  if (!security?.companions) return security;
  const credentials = grants.flatMap(({ members }) => members.flatMap(({ credential }) => credential ?? []));
  const companions = security.companions.map((companion): Companion => {
    const preset = credentials.find(({ name }) => name === companion.credential)?.default;
    return preset === undefined ? companion : { ...companion, default: preset };
  });
  return { ...security, companions };
}

/** The companions' credentials that only API calls send, not the token request. */
export function companionMembers(root: Place, members: readonly RequestMember[]): RequestMember[] {
  return requiredSchemes(root).flatMap((scheme): RequestMember[] => {
    const { name: header, description } = nodeAt(scheme);
    const { name: place, preset } = companionCredential(scheme);
    const name = textOf(place.value);
    const isSent = members.some(({ credential }) => credential?.name === name);
    if (name === "" || typeof header !== "string" || isSent) return [];
    const credential = {
      name,
      description: textOf(description),
      required: preset === undefined,
      secret: SECRET_NAME.test(name),
      default: preset === undefined ? undefined : textOf(preset),
    };
    return [{ in: "api", path: [header], credential, samples: [preset ?? `example-${name}`] }];
  });
}

/** The credential of a companion: its name, alone or beside a default. */
function companionCredential(scheme: Place): { readonly name: Place; readonly preset: unknown } {
  const given = step(scheme, "x-credential");
  if (!isNode(given.value)) return { name: given, preset: undefined };
  return { name: step(given, "name"), preset: given.value.default };
}

/** The schemes in the security requirement of a document or an operation. */
export function requiredSchemes(holder: Place): Place[] {
  const names = Object.keys(nodeAt(step(holder, "security", "0")));
  return names.map((name) => step(rootOf(holder.document), "components", "securitySchemes", name));
}

function readScheme(scheme: Place, report: Report): ReadScheme[] {
  const { type, scheme: kind, in: where, name, "x-credential": credential } = nodeAt(scheme);
  const refuse = (expected: string, found?: string): ReadScheme[] => {
    report("api-security", scheme, expected, found);
    return [];
  };
  if (credential !== undefined && type !== "apiKey") {
    return refuse("x-credential on an apiKey scheme only, since API calls carry a token here", textOf(type));
  }
  if (type === "oauth2" || type === "openIdConnect") return [{ place: scheme, token: "default" }];
  if (type === "mutualTLS") return [{ place: scheme, mutualTLS: true }];
  if (type === "http") {
    const word = textOf(kind);
    if (/^bearer$/i.test(word)) return [{ place: scheme, token: "default" }];
    if (!HEADER_NAME.test(word) || /^(basic|digest)$/i.test(word)) {
      return refuse(
        "a scheme that precedes a token, such as bearer or Token",
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
      "an apiKey in a header or a cookie, since URLs end up in logs (RFC 9700, section 4.3.2)",
      "apiKey in query, which is not supported",
    );
  }
  if (where !== "header" && where !== "cookie") return refuse("an apiKey in header or cookie");
  if (typeof name !== "string" || !HEADER_NAME.test(name) || (where === "header" && RESERVED.test(name))) {
    report("api-security", step(scheme, "name"), `the name of a ${where}, such as "X-Access-Token"`);
    return [];
  }
  if (credential === undefined) return [{ place: scheme, token: { in: where, name } }];
  const { name: given, preset } = companionCredential(scheme);
  if (preset !== undefined && (typeof preset !== "string" || preset === "")) {
    report("credential-shape", step(scheme, "x-credential", "default"), "a non-empty string");
  }
  const known = readCredentialName(given, report);
  return known === undefined ? [] : [{ place: scheme, companion: { in: where, name, credential: known } }];
}

/** Reports schemes that would overwrite each other. */
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
/** Headers that have another meaning, or that `fetch` sets itself. */
const RESERVED =
  /^(accept|accept-encoding|connection|content-(type|length|encoding)|cookie|expect|host|te|transfer-encoding|upgrade)$/i;
