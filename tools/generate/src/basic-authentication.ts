import { type RequestMember, readCredentialName, SECRET } from "./request-member.ts";
import { nodeAt, type Place, refuse, root, step, steps } from "./spec.ts";
import { shown } from "./spec-problem.ts";

const EXPECTED =
  "security: [], since a token request carries no token, or one HTTP Basic scheme with x-credential";

/** The parts of HTTP Basic authentication, and what a caller is told about them. */
const PARTS = [
  ["username", "User name of the HTTP Basic authentication at the token endpoint."],
  ["password", "Password of the HTTP Basic authentication at the token endpoint."],
] as const;

/**
 * The credentials that a token operation sends by HTTP Basic authentication (`client_secret_basic`); none where its security
 * is empty.
 */
export function readBasicAuthentication(operation: Place): RequestMember[] {
  const security = step(operation, "security");
  if (!Array.isArray(security.value)) refuse(security, EXPECTED);
  const requirements: unknown[] = security.value;
  if (requirements.length === 0) return [];
  const names = Object.keys(nodeAt(step(security, "0")));
  const scheme = steps(root(operation.spec), "components", "securitySchemes", names[0] ?? "");
  const { type, scheme: kind } = nodeAt(scheme);
  const isBasic = type === "http" && String(kind).toLowerCase() === "basic";
  if (requirements.length > 1 || names.length > 1 || !isBasic) refuse(security, EXPECTED);
  return readParts(step(scheme, "x-credential"));
}

function readParts(credentials: Place): RequestMember[] {
  const keys = Object.keys(nodeAt(credentials)).sort().join();
  if (keys !== "password,username") {
    refuse(
      credentials,
      "x-credential: { username: clientId, password: clientSecret }",
      shown(credentials.value),
    );
  }
  return PARTS.map(([part, description]) => {
    const name = readCredentialName(step(credentials, part));
    const secret = part === "password" || SECRET.test(name);
    const credential = { name, description, required: true, secret, default: undefined };
    return { target: "basic", name: part, credential };
  });
}
