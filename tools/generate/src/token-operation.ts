import { type Grant, readGrants } from "./grants.ts";
import { children, isNode, nodeAt, type Place, refuse, root, type Spec, step, steps } from "./spec.ts";
import { shown } from "./spec-problem.ts";
import { readTokenError, readTokenResponse, type TokenError, type TokenResponse } from "./token-answer.ts";

/** Everything a specification says about its token endpoint. */
export interface TokenOperation {
  readonly spec: Spec;
  /** Named servers; none where the vendor publishes no host. */
  readonly servers: readonly { readonly name: string; readonly url: string; readonly description: string }[];
  readonly path: string;
  readonly method: string;
  /** The preferred media type of the request body, if the operation describes one. */
  readonly requestMediaType: string | undefined;
  readonly grants: readonly Grant[];
  readonly response: TokenResponse;
  readonly errors: readonly TokenError[];
}

const METHODS = ["get", "put", "post", "delete", "patch"];
const EXTENSIONS = ["x-token-grant", "x-token-response", "x-token-error"];

/** Reads the one operation that issues tokens. */
export function readTokenOperation(spec: Spec): TokenOperation {
  refuseUnknownExtensions(root(spec));
  const operations = children(step(root(spec), "paths")).flatMap(([path, item]) =>
    METHODS.map((method) => ({ path, method, item, operation: step(item, method) })),
  );
  const claims = new Map<string, Place>();
  const issuing = operations.filter(({ operation }) => "x-token-grant" in nodeAt(operation));
  for (const { operation } of issuing) {
    for (const grant of [nodeAt(operation)["x-token-grant"]].flat()) {
      const first = claims.get(String(grant));
      if (first) {
        refuse(
          step(operation, "x-token-grant"),
          `one operation per grant; ${first.pointer} has ${shown(grant)} already`,
        );
      }
      claims.set(String(grant), operation);
    }
  }
  const [found, another] = issuing;
  if (!found) refuse(step(root(spec), "paths"), "an operation with x-token-grant", "none");
  if (another)
    refuse(step(another.operation, "x-token-grant"), "all grants in one operation", shown(another.path));
  const { path, method, item, operation } = found;

  const security = step(operation, "security");
  if (!Array.isArray(security.value) || security.value.length > 0) {
    refuse(security, "security: [], since a token request carries no token");
  }
  const answers = children(step(operation, "responses"));
  return {
    spec,
    servers: readServers(spec),
    path,
    method,
    requestMediaType: children(steps(operation, "requestBody", "content"))[0]?.[0],
    grants: readGrants(item, operation),
    response: readTokenResponse(operation, answers),
    errors: answers.flatMap(([status, answer]) => readTokenError(status, answer)),
  };
}

function readServers(spec: Spec): TokenOperation["servers"] {
  const listed = children(step(root(spec), "servers"));
  const [only, ...others] = listed.map(([, server]) => server);
  if (only && others.length === 0 && nodeAt(only).url === "{baseUrl}") return [];
  const names = new Set<unknown>();
  return listed.map(([, server]) => {
    const { url, description = "", "x-name": name } = nodeAt(server);
    if (typeof name !== "string" || names.has(name)) {
      refuse(step(server, "x-name"), 'a name that no other server has, such as "sandbox"');
    }
    if (typeof url !== "string" || !/^https:\/\/[^{}]+$/.test(url)) {
      refuse(step(server, "url"), 'an https URL without variables, or one server that is just "{baseUrl}"');
    }
    names.add(name);
    return { name, url: url.replace(/\/+$/, ""), description: String(description) };
  });
}

/** A misspelt extension would otherwise say nothing, silently. */
function refuseUnknownExtensions(place: Place): void {
  if (!isNode(place.value) && !Array.isArray(place.value)) return;
  for (const [key, value] of Object.entries(place.value)) {
    const child = { ...place, pointer: `${place.pointer}/${key.replaceAll("/", "~1")}`, value };
    if (/^x-(token|credential)/.test(key) && ![...EXTENSIONS, "x-credential"].includes(key)) {
      refuse(child, `one of ${[...EXTENSIONS, "x-credential"].join(", ")}`, shown(key));
    }
    refuseUnknownExtensions(child);
  }
}
