import { children, nodeAt, type Place, step, textOf } from "../document.ts";
import type { Report } from "../problem.ts";
import { type RequestMember, readMember } from "./request-members.ts";

/** Reads the parameters of an operation. */
export function readParameters(pathItem: Place, operation: Place, report: Report): RequestMember[] {
  return parametersOf({ pathItem, place: operation }).flatMap((parameter) =>
    readParameter(parameter, report),
  );
}

/** Reports names in braces in a path that have no parameter. */
export function checkPath(path: string, pathItem: Place, operation: Place, report: Report): void {
  const names = parametersOf({ pathItem, place: operation })
    .map(nodeAt)
    .flatMap(({ in: place, name }) => (place === "path" ? [name] : []));
  for (const [part, name] of path.matchAll(/\{([^{}]*)\}/g)) {
    if (!names.includes(name)) report("request-shape", operation, `a path parameter for ${part}`, "none");
  }
}

/** The parameters of an operation and its path; an operation's own replaces the path's with the same name. */
export function parametersOf({
  pathItem,
  place,
}: {
  readonly pathItem: Place;
  readonly place: Place;
}): Place[] {
  const listed = [pathItem, place].flatMap((holder) => children(step(holder, "parameters")));
  return [...new Map(listed.map(([, parameter]) => [identityOf(parameter), parameter])).values()];
}

function identityOf(parameter: Place): string {
  const { name, in: place } = nodeAt(parameter);
  return `${textOf(place)} ${place === "header" ? textOf(name).toLowerCase() : textOf(name)}`;
}

function readParameter(parameter: Place, report: Report): RequestMember[] {
  const { name, in: place, required } = nodeAt(parameter);
  if (place !== "path" && place !== "query" && place !== "header" && place !== "cookie") {
    report("request-shape", step(parameter, "in"), "path, query, header or cookie");
    return [];
  }
  if (typeof name !== "string" || name === "") {
    report("request-shape", step(parameter, "name"), "the name of the parameter");
    return [];
  }
  const expected =
    place === "header" ? headerProblem(name) : place === "cookie" ? cookieProblem(parameter) : undefined;
  if (expected) {
    report("request-shape", place === "header" ? step(parameter, "name") : parameter, expected);
    return [];
  }
  const isRequired = required === true || place === "path";
  return readMember(place, [name], parameter, step(parameter, "schema"), isRequired, report);
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 RFC 9110, section 5.6.2} */
export const HEADER_NAME: RegExp = /^[!#$%&'*+.^_`|~\w-]+$/;

/** @see {@link https://spec.openapis.org/oas/v3.1.1.html#parameter-name OpenAPI, parameter names} */
function headerProblem(name: string): string | undefined {
  if (!HEADER_NAME.test(name)) return 'the name of a header, such as "x-api-key"';
  return /^(accept|content-type|authorization)$/i.test(name)
    ? "a header other than Accept, Content-Type or Authorization, which OpenAPI ignores as parameters"
    : undefined;
}

function cookieProblem(parameter: Place): string | undefined {
  const { name, "x-credential": credential } = nodeAt(parameter);
  const isPlain = credential !== undefined && nodeAt(step(parameter, "schema")).default === undefined;
  if (typeof name !== "string" || !HEADER_NAME.test(name)) return 'the name of a cookie, such as "session"';
  return isPlain ? undefined : "a cookie with x-credential and without a default";
}
