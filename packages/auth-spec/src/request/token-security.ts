import { nodeAt, type Place, step, textOf } from "../document.ts";
import { type Report, shown } from "../problem.ts";
import { requiredSchemes } from "./api-security.ts";
import { HEADER_NAME } from "./parameters.ts";
import { type RequestMember, readCredentialName, SECRET_NAME } from "./request-members.ts";

const EXPECTED =
  "security: [], since a token request carries no token, or one scheme with x-credential, such as HTTP Basic";

/** The parts of HTTP Basic authentication, and what a caller is told about them. */
const PARTS = [
  ["username", "User name of the HTTP Basic authentication at the token endpoint."],
  ["password", "Password of the HTTP Basic authentication at the token endpoint."],
] as const;

/**
 * The credentials that a token operation sends in `Authorization`: by HTTP Basic authentication (`client_secret_basic`),
 * after another scheme such as `Bearer`, or as they are. None if its security is empty.
 */
export function readTokenSecurity(operation: Place, report: Report): RequestMember[] {
  const security = step(operation, "security");
  if (!Array.isArray(security.value) || security.value.length > 1) {
    report("operation-security", security, EXPECTED);
    return [];
  }
  const schemes = requiredSchemes(operation).filter((scheme) => nodeAt(scheme).type !== "mutualTLS");
  const [scheme] = schemes;
  if (scheme === undefined) return [];
  if (schemes.length > 1) {
    report("operation-security", security, EXPECTED);
    return [];
  }
  const { type, scheme: kind, in: place, name } = nodeAt(scheme);
  const word = textOf(kind);
  if (type === "http" && word.toLowerCase() === "basic")
    return readParts(step(scheme, "x-credential"), report);
  if (type === "apiKey" && !(place === "header" && /^authorization$/i.test(textOf(name)))) {
    const expected = "a parameter with x-credential for an API key of the token request";
    report("operation-security", scheme, expected, `apiKey in ${textOf(place) || "nothing"}`);
    return [];
  }
  const isSupported =
    type === "apiKey" || (type === "http" && HEADER_NAME.test(word) && !/^digest$/i.test(word));
  if (!isSupported) {
    report("operation-security", security, EXPECTED);
    return [];
  }
  return readAuthorization(scheme, type === "apiKey" ? "" : word.replace(/^bearer$/i, "Bearer"), report);
}

/** Whether a token operation requires a client certificate. */
export function needsCertificate(operation: Place): boolean {
  return requiredSchemes(operation).some((scheme) => nodeAt(scheme).type === "mutualTLS");
}

function readAuthorization(scheme: Place, word: string, report: Report): RequestMember[] {
  const given = step(scheme, "x-credential");
  if (given.value === undefined) {
    const expected = "x-credential, such as apiKey, since a token request carries no token yet";
    report("operation-security", scheme, expected, "none");
    return [];
  }
  const name = readCredentialName(given, report);
  if (name === undefined) return [];
  const description = textOf(nodeAt(scheme).description);
  const credential = { name, description, required: true, secret: true, default: undefined };
  return [{ in: "authorization", path: [word], credential, samples: [`example-${name}`] }];
}

function readParts(credentials: Place, report: Report): RequestMember[] {
  const { encoding, ...parts } = nodeAt(credentials);
  if (encoding !== undefined && encoding !== "raw") {
    const expected = "encoding: raw, or none if the server decodes as RFC 6749, section 2.3.1 says";
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
