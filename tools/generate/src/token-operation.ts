import { checkDocument } from "./check-document.ts";
import { type Grant, readGrants } from "./grants.ts";
import { readServers, type Server } from "./servers.ts";
import { children, nodeAt, type Place, refuse, root, type Spec, step, steps } from "./spec.ts";
import { shown } from "./spec-problem.ts";
import { readTokenErrors, readTokenResponse, type TokenError, type TokenResponse } from "./token-answer.ts";

/** Everything a specification says about its token endpoint. */
export interface TokenOperation {
  readonly spec: Spec;
  /** None where the vendor publishes no host. */
  readonly servers: readonly Server[];
  readonly path: string;
  readonly method: string;
  /** The preferred media type of the request body, if the operation describes one. */
  readonly requestMediaType: string | undefined;
  /** The media types of a success. */
  readonly acceptedMediaTypes: readonly string[];
  readonly grants: readonly Grant[];
  readonly response: TokenResponse;
  readonly errors: readonly TokenError[];
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly item: Place;
  readonly operation: Place;
}

const METHODS = ["get", "put", "post", "delete", "patch"];

/**
 * Reads the one operation that issues tokens.
 *
 * @throws {SpecProblem} for a specification that cannot be honoured.
 */
export function readTokenOperation(spec: Spec): TokenOperation {
  checkDocument(spec);
  const { path, method, item, operation } = issuingOperation(spec);
  const answers = children(step(operation, "responses"));
  const response = readTokenResponse(operation, answers);
  return {
    spec,
    servers: readServers(spec),
    path,
    method,
    requestMediaType: mediaTypes(step(operation, "requestBody"))[0],
    acceptedMediaTypes: mediaTypes(steps(operation, "responses", response.status)),
    grants: readGrants(item, operation),
    response,
    errors: readTokenErrors(answers),
  };
}

function issuingOperation(spec: Spec): Operation {
  const issuing = children(step(root(spec), "paths"))
    .flatMap(([path, item]) =>
      METHODS.map((method) => ({ path, method, item, operation: step(item, method) })),
    )
    .filter(({ operation }) => "x-token-grant" in nodeAt(operation));
  const claims = new Map<unknown, Place>();
  for (const { operation } of issuing) {
    const declared = step(operation, "x-token-grant");
    for (const grant of [declared.value].flat()) {
      const first = claims.get(grant);
      if (first) refuse(declared, `one operation per grant, and ${first.pointer} has this one`, shown(grant));
      claims.set(grant, operation);
    }
  }
  const [found, another] = issuing;
  if (!found) refuse(step(root(spec), "paths"), "an operation with x-token-grant", "none");
  if (another)
    refuse(step(another.operation, "x-token-grant"), "all grants in one operation", shown(another.path));
  return found;
}

function mediaTypes(message: Place): string[] {
  return children(step(message, "content")).map(([type]) => type);
}
