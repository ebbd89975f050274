import { branches } from "@org/generate/runtime-expression";
import { children, nodeAt, type Place, root, type Spec, step, steps } from "@org/generate/spec";

/** An operation that issues tokens, and the path item it is in. */
export interface TokenOperation {
  readonly item: Place;
  readonly operation: Place;
}

/** Something that a credential may fill. */
export interface RequestMember {
  /** What has, or may have, an `x-credential`. */
  readonly declaration: Place;
  readonly schema: Place;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** The operations with `x-token-grant`. */
export function tokenOperations(spec: Spec): TokenOperation[] {
  return children(step(root(spec), "paths"))
    .flatMap(([, item]) => METHODS.map((method) => ({ item, operation: step(item, method) })))
    .filter(({ operation }) => "x-token-grant" in nodeAt(operation));
}

/** The responses of the token operations, by status. */
export function tokenAnswers(spec: Spec): [status: string, answer: Place][] {
  return tokenOperations(spec).flatMap(({ operation }) =>
    children(step(operation, "responses")).map(([status, answer]): [string, Place] => [status, answer]),
  );
}

/** The alternatives of an `x-token-error`: one, or those of a list. */
export function alternativesOf(answer: Place): Place[] {
  const place = step(answer, "x-token-error");
  return Array.isArray(place.value) ? children(place).map(([, alternative]) => alternative) : [place];
}

/** The schemas of a token operation's body, each alternative by itself. */
export function bodyBranches(operation: Place): Place[] {
  return children(steps(operation, "requestBody", "content")).flatMap(([, media]) =>
    branches(step(media, "schema")),
  );
}

/** The parameters and the properties of the body of every token operation, each once. */
export function requestMembers(spec: Spec): RequestMember[] {
  const found = tokenOperations(spec).flatMap(({ item, operation }) => [
    ...[item, operation]
      .flatMap((place) => children(step(place, "parameters")))
      .map(([, parameter]) => ({ declaration: parameter, schema: step(parameter, "schema") })),
    ...bodyBranches(operation)
      .flatMap((branch) => children(step(branch, "properties")))
      .map(([, property]) => ({ declaration: property, schema: property })),
  ]);
  return [...new Map(found.map((member) => [member.declaration.pointer, member])).values()];
}
