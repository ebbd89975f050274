import { checkDocument } from "./check-document.ts";
import {
  children,
  isDeeperThan,
  isNode,
  listAt,
  type Node,
  nodeAt,
  type Place,
  rootOf,
  step,
} from "./document.ts";
import { collectProblems, type Report, type SpecProblem, shown } from "./problem.ts";
import { readApiSecurity, withDefaultsOf } from "./request/api-security.ts";
import { readGrants } from "./request/grants.ts";
import { checkPath } from "./request/parameters.ts";
import { needsCertificate } from "./request/token-security.ts";
import { readResponses } from "./response/responses.ts";
import { readServers, type Server, tokenServers } from "./servers.ts";
import type { TokenOperation } from "./token-operation.ts";

/** What a specification says about tokens, and its problems. */
export interface TokenSpecification {
  /** The operations that issue tokens; they are complete only if there are no problems. */
  readonly operations: readonly TokenOperation[];
  readonly problems: readonly SpecProblem[];
}

/** No description written by a person is as deep. */
const LEVELS = 200;

const METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

/**
 * Reads the operations of an OpenAPI 3.1 description that issue tokens (those with `x-token-grant`).
 *
 * @param document - the result of a YAML or JSON parser; references may lead anywhere within it
 * @returns everything that was understood, and a list of everything that was not: nothing is ignored, and nothing is thrown
 */
export function readTokenOperations(document: unknown): TokenSpecification {
  const { problems, report } = collectProblems();
  const root = rootOf(isNode(document) ? document : {});
  if (isDeeperThan(LEVELS, document)) {
    report("document", root, `a description that is at most ${LEVELS} levels deep`, "a deeper one");
    return { operations: [], problems };
  }
  const { openapi } = root.value as Node;
  if (typeof openapi !== "string" || !/^3\.1\.\d+/.test(openapi)) {
    const found = isNode(document) ? shown(openapi) : shown(document);
    report("document", root, 'an OpenAPI description with openapi: "3.1.1"', found);
    return { operations: [], problems };
  }
  checkDocument(root, report);
  // Everything that depends on a broken reference would be reported, too.
  if (problems.some(({ rule }) => rule === "reference")) return { operations: [], problems };
  const declared = readApiSecurity(root, report);
  const servers = readServers(root, report);
  const issuing = issuingOperations(root, report);
  checkGrants(root, issuing, report);
  const declaredGrants = issuing.flatMap(({ place }) => listAt(step(place, "x-token-grant")));
  const context = { servers, hasSeveralGrants: declaredGrants.length > 1 };
  const read = issuing.flatMap((found) => readOperation(found, context, report));
  const grants = read.flatMap((operation) => operation.grants);
  const mutualTLS = read.some(({ place }) => needsCertificate(place)) && { mutualTLS: true };
  const security = withDefaultsOf(grants, mutualTLS ? { ...declared, ...mutualTLS } : declared);
  checkOnePlace(read, report);
  return { operations: read.map((operation) => ({ ...operation, security })), problems };
}

/** One client sends the requests of all operations. */
function checkOnePlace(
  [first, ...others]: readonly Omit<TokenOperation, "security">[],
  report: Report,
): void {
  for (const { servers, place } of others) {
    if (JSON.stringify(servers) === JSON.stringify(first?.servers)) continue;
    const expected = `the servers of ${first?.path}, since all tokens are issued in one place`;
    report("server-shape", place, expected, servers.map(({ url }) => url).join(", "));
  }
}

interface Issuing {
  readonly path: string;
  readonly method: string;
  readonly pathItem: Place;
  readonly place: Place;
}

function issuingOperations(root: Place, report: Report): Issuing[] {
  return children(step(root, "paths"))
    .flatMap(([path, pathItem]) =>
      METHODS.map((method) => ({ path, method, pathItem, place: step(pathItem, method) })),
    )
    .filter(({ place }) => {
      const isIssuing = "x-token-grant" in nodeAt(place);
      if (!isIssuing) refuseUnread(place, report);
      return isIssuing;
    });
}

/** Reports a mapping of tokens that nothing reads, since its operation has no `x-token-grant`. */
function refuseUnread(operation: Place, report: Report): void {
  for (const [, response] of children(step(operation, "responses"))) {
    if (!("x-token-response" in nodeAt(response))) continue;
    const expected = "x-token-grant on the operation, or no x-token-response";
    report("extension-place", step(response, "x-token-response"), expected, "no x-token-grant");
  }
}

function checkGrants(root: Place, issuing: readonly Issuing[], report: Report): void {
  if (issuing.length === 0) {
    report("operation-per-grant", step(root, "paths"), "an operation with x-token-grant", "none");
  }
  const owners = new Map<unknown, Place>();
  for (const { place } of issuing) {
    const declared = step(place, "x-token-grant");
    for (const grant of new Set(listAt(declared))) {
      const owner = owners.get(grant);
      if (owner) {
        const expected = `one operation for a grant, and ${owner.pointer} has this one`;
        report("operation-per-grant", declared, expected, shown(grant));
      }
      owners.set(grant, owner ?? place);
    }
  }
}

function readOperation(
  { path, method, pathItem, place }: Issuing,
  { servers, hasSeveralGrants }: { readonly servers: readonly Server[]; readonly hasSeveralGrants: boolean },
  report: Report,
): Omit<TokenOperation, "security">[] {
  const name = method.toUpperCase();
  if (name !== "GET" && name !== "POST") {
    report("request-shape", { ...place, value: name }, "a token operation by GET or POST");
    return [];
  }
  const body = step(place, "requestBody");
  if (name === "GET" && body.value !== undefined) {
    report("request-shape", body, "no request body, since the operation is a GET", "a request body");
  }
  checkPath(path, pathItem, place, report);
  const grants = readGrants(pathItem, place, hasSeveralGrants, report);
  const { success, refusals } = readResponses(place, report);
  if (!success) return [];
  const mediaTypes = children(step(place, "requestBody", "content")).map(([type]) => type);
  const issuingServers = tokenServers(servers, pathItem, place, report);
  return [
    { method: name, path, servers: issuingServers, mediaTypes, grants, success, refusals, place, pathItem },
  ];
}
