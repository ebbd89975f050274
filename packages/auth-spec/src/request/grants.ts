import { children, listAt, nodeAt, type Place, rootOf, step, textOf } from "../document.ts";
import { type Report, shown } from "../problem.ts";
import { branches, constantOf, propertiesOf } from "../schema.ts";
import { companionMembers } from "./api-security.ts";
import { readParameters } from "./parameters.ts";
import { type RequestExample, readExamples } from "./request-examples.ts";
import { type Credential, type RequestMember, readBody } from "./request-members.ts";
import { readTokenSecurity } from "./token-security.ts";

/** One way to obtain a token, and the request that it takes. */
export interface Grant {
  readonly name: string;
  readonly description: string;
  readonly members: readonly RequestMember[];
  /** The documented requests: each example of each media type, or a generated one if there is none. */
  readonly examples: readonly RequestExample[];
}

/** Supported request media types. */
const MEDIA_TYPES: readonly string[] = ["application/json", "application/x-www-form-urlencoded"];

/**
 * Reads the grants of an operation: one, or one for each branch of the body's `oneOf`.
 *
 * @param isOneOfSeveral - whether the specification has other grants, in this operation or in another
 */
export function readGrants(
  pathItem: Place,
  operation: Place,
  isOneOfSeveral: boolean,
  report: Report,
): Grant[] {
  const parameters = readParameters(pathItem, operation, report);
  const authorization = readTokenSecurity(operation, report);
  const media = readMediaTypes(operation, report);
  const declared = step(operation, "x-token-grant");
  const names = readNames(declared, report);
  const isUnsupported = media.length === 0 && children(step(operation, "requestBody", "content")).length > 0;
  if (isUnsupported) return [];
  return names.map((name): Grant => {
    const bodies = media.map(([mediaType, content]) => {
      const schema = step(content, "schema");
      const branch = names.length === 1 ? schema : branchOf(name, schema, declared, report);
      return { mediaType, content, branch, members: branch ? readBody(branch, mediaType, report) : [] };
    });
    const [preferred, ...others] = bodies;
    for (const { content, members } of others) {
      if (wireNames(members) !== wireNames(preferred?.members ?? [])) {
        report("request-shape", content, "the same members in each media type", wireNames(members) || "none");
      }
    }
    const sent = [...authorization, ...(preferred?.members ?? []), ...parameters];
    checkMembers(name, operation, sent, report);
    const members = [...sent, ...companionMembers(rootOf(operation.document), sent)];
    const description = textOf(nodeAt(preferred?.branch ?? operation).description);
    return { name, description, members, examples: readExamples(name, isOneOfSeveral, bodies, members) };
  });
}

/** The credentials of a grant, each once, in the order of the request. */
export function credentialsOf({ members }: Pick<Grant, "members">): readonly Credential[] {
  const byName = new Map<string, Credential>();
  for (const { credential } of members) {
    if (!credential) continue;
    const { required, secret, ...first } = byName.get(credential.name) ?? credential;
    byName.set(credential.name, {
      ...first,
      required: required || credential.required,
      secret: secret || credential.secret,
    });
  }
  return [...byName.values()];
}

function readMediaTypes(operation: Place, report: Report): (readonly [mediaType: string, content: Place])[] {
  const content = step(operation, "requestBody", "content");
  return children(content).filter(([type, media]) => {
    if (MEDIA_TYPES.includes(type)) return true;
    const found = `${shown(type)}, which is not supported`;
    report(
      "request-shape",
      { ...media, value: type },
      `a request body of ${MEDIA_TYPES.join(" or ")}`,
      found,
    );
    return false;
  });
}

function checkMembers(
  grant: string,
  operation: Place,
  members: readonly RequestMember[],
  report: Report,
): void {
  const body = step(operation, "requestBody");
  const content = step(body, "content");
  if (nodeAt(body).required === true && !members.some((member) => member.in === "body")) {
    const expected = "a member with x-credential or a constant in a body that is required";
    report("request-shape", content.value === undefined ? body : content, expected, "none");
  }
  if (!members.some(({ credential }) => credential)) {
    report("grant-shape", operation, `a parameter or property with x-credential for ${grant}`, "none");
  }
}

function readNames(declared: Place, report: Report): string[] {
  const given = listAt(declared);
  const names = given.filter((name) => typeof name === "string");
  const valid = names.filter((name) => /^[a-z][a-z0-9_:./-]*$/.test(name));
  // Two that differ only in punctuation would share their generated names.
  const distinct = new Set(valid.map((name) => name.replace(/[^a-z0-9]/g, "")));
  if (given.length > 0 && distinct.size === given.length) return names;
  report("grant-shape", declared, 'a grant such as "client_credentials", or an array of different ones');
  return [];
}

function branchOf(grant: string, schema: Place, declared: Place, report: Report): Place | undefined {
  const beside = propertiesOf(schema).map(({ name }) => name);
  if (beside.length > 0 && branches(schema)[0] !== schema) {
    const expected = "members in the oneOf branches only, since those beside them are not read";
    report("request-shape", schema, expected, beside.join(", "));
  }
  const found = branches(schema).filter((branch) =>
    propertiesOf(branch).some(
      ({ name, place }) => name === "grant_type" && constantOf(place)?.value === grant,
    ),
  );
  if (found.length === 1) return found[0];
  const expected = `one oneOf branch of the body whose grant_type is the const ${shown(grant)}`;
  report("grant-shape", declared, expected, String(found.length));
  return undefined;
}

function wireNames(members: readonly RequestMember[]): string {
  return members
    .map(({ path }) => path.join("/"))
    .sort()
    .join(", ");
}
