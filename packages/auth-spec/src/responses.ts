import type { MappedValue, TokenErrorMapping, TokenResponseMapping } from "@org/auth-core/vendor";
import { children, isNode, nodeAt, type Place, step } from "./document.ts";
import { followExpression, isExpression, type Reached } from "./expression.ts";
import { type Report, type Rule, shown } from "./problem.ts";
import { exampleValues, sampleOf, typesOf } from "./schema.ts";

/** A documented response. */
export interface ResponseDescription {
  /** A status such as `"200"`, a range such as `"4XX"`, or `"default"`. */
  readonly status: string;
  /** The preferred media type of its body, JSON if there is some; `undefined` where no body is documented. */
  readonly mediaType: string | undefined;
  /** The examples of that body, by name; one made from the schema where there is none. */
  readonly examples: Readonly<Record<string, unknown>>;
}

/** The response that holds a token. */
export interface TokenSuccess extends ResponseDescription {
  readonly mapping: TokenResponseMapping;
  /** The media types of its body. */
  readonly mediaTypes: readonly string[];
  /** The way to where an object may also be a string that holds it as JSON. */
  readonly jsonText: readonly string[] | undefined;
}

/** A refusal. */
export interface TokenRefusal extends ResponseDescription {
  /** How its body is read: the first mapping of which any member is there. None where no body is documented. */
  readonly mappings: readonly TokenErrorMapping[];
}

type MemberTypes = Readonly<Record<string, readonly string[]>>;

const RESPONSE_MEMBERS: MemberTypes = {
  access_token: ["string"],
  token_type: ["string"],
  expires_in: ["integer", "number", "string"],
  expires_at: ["string", "integer", "number"],
  scope: ["string"],
  refresh_token: ["string"],
};
/** Members that are another in each response. */
const NEVER_CONSTANT: readonly string[] = ["access_token", "refresh_token", "expires_at"];
const SECRET_MEMBERS: readonly string[] = ["access_token", "refresh_token"];

const ERROR_TYPES = ["string", "integer", "number", "object"];
const ERROR_MEMBERS: MemberTypes = { code: ERROR_TYPES, reason: ERROR_TYPES, message: ERROR_TYPES };

/** Media types of JSON, such as `application/problem+json`. */
const JSON_TYPE = /^application\/([\w.-]+\+)?json$/;

/** In place of a mapping that is a problem. */
const NOWHERE = "$response.body#/access_token";

/** Reads the success that has an `x-token-response`. */
export function readSuccess(operation: Place, report: Report): TokenSuccess | undefined {
  const responses = step(operation, "responses");
  const mapped = children(responses).filter(([, response]) => "x-token-response" in nodeAt(response));
  const [found] = mapped;
  if (!found || mapped.length > 1) {
    report("response-shape", responses, "one response with x-token-response", String(mapped.length));
    return undefined;
  }
  const [status, response] = found;
  const place = step(response, "x-token-response");
  if (!/^2(\d\d|XX)$/.test(status)) {
    report("response-shape", place, "x-token-response on a success such as 200", shown(status));
  }
  if (nodeAt(place).access_token === undefined) {
    report("response-shape", place, 'an access_token such as "$response.body#/access_token"');
  }
  let jsonText: Reached["jsonText"];
  const mapping = readMapping(
    place,
    response,
    RESPONSE_MEMBERS,
    "response-shape",
    report,
    (name, member, reached) => {
      if (!reached) return checkConstant(name, member, report);
      if (name === "access_token") {
        ({ jsonText } = reached);
        const expected = "an expression whose every member is required";
        if (!reached.required) {
          report("expression-resolves", member, expected, `${shown(member.value)}, which may be absent`);
        }
      }
      if (SECRET_MEMBERS.includes(name))
        for (const target of reached.targets) checkSecret(name, target, report);
    },
  );
  const mediaTypes = children(step(response, "content")).map(([type]) => type);
  return {
    ...describe(status, response),
    mapping: { access_token: NOWHERE, ...mapping },
    mediaTypes,
    jsonText,
  };
}

/** Reads all other responses of an operation. */
export function readRefusals(operation: Place, success: string | undefined, report: Report): TokenRefusal[] {
  return children(step(operation, "responses"))
    .filter(([status]) => status !== success)
    .map(([status, response]) => ({
      ...describe(status, response),
      mappings: readErrorMappings(status, response, report),
    }));
}

function readErrorMappings(status: string, response: Place, report: Report): TokenErrorMapping[] {
  const place = step(response, "x-token-error");
  checkMapped(status, response, report);
  if (place.value === undefined) return [];
  if (!/^([1345](\d\d|XX)|default)$/.test(status)) {
    report("error-shape", place, "x-token-error on a refusal such as 401, 4XX or default", shown(status));
    return [];
  }
  const listed = Array.isArray(place.value) ? children(place).map(([, mapping]) => mapping) : [place];
  if (listed.length === 0) report("error-shape", place, `an object with ${nameList(ERROR_MEMBERS)}`);
  return listed.map((mapping) =>
    readMapping(mapping, response, ERROR_MEMBERS, "error-shape", report, () => {}),
  );
}

function checkMapped(status: string, response: Place, report: Report): void {
  if (!/^([45](\d\d|XX)|default)$/.test(status)) return;
  const { "x-token-error": mapping, "x-unmapped-error": why } = nodeAt(response);
  const place = step(response, "x-unmapped-error");
  if (why !== undefined && mapping !== undefined) {
    report("error-mapped", place, "either x-token-error or a reason why there is none", "both");
  } else if (why !== undefined && (typeof why !== "string" || why.trim() === "")) {
    report("error-mapped", place, "a sentence that says why the body is not mapped");
  } else if (why === undefined && mapping === undefined && children(step(response, "content")).length > 0) {
    const expected = "x-token-error for a documented body, or x-unmapped-error with the reason why not";
    report("error-mapped", response, expected, "neither");
  }
}

function readMapping(
  place: Place,
  response: Place,
  types: MemberTypes,
  rule: Rule,
  report: Report,
  check: (name: string, member: Place, reached: Reached | undefined) => void,
): Record<string, MappedValue> {
  const members = isNode(place.value) ? children(place) : [];
  if (members.length === 0) report(rule, place, `an object with ${nameList(types)}`);
  const read: Record<string, MappedValue> = {};
  for (const [name, member] of members) {
    const { value } = member;
    const allowed = Object.hasOwn(types, name) ? types[name] : undefined;
    if (!allowed) {
      report(rule, member, `one of ${nameList(types)}`, shown(name));
    } else if (isExpression(value)) {
      const schema = bodySchema(response, report);
      const reached = schema && followExpression(member, schema, report);
      if (reached) checkTypes(member, reached.targets.flatMap(typesOf), allowed, report);
      if (reached) check(name, member, reached);
      read[name] = value as MappedValue;
    } else if (typeof value === "string" || (typeof value === "number" && Number.isFinite(value))) {
      if (!NEVER_CONSTANT.includes(name)) checkTypes(member, [typeof value], allowed, report);
      check(name, member, undefined);
      read[name] = { constant: value };
    } else {
      report(rule, member, `a constant or a runtime expression such as "$response.body#/${name}"`);
    }
  }
  return read;
}

/** The schema of the body that the extensions of a response read. */
function bodySchema(response: Place, report: Report): Place | undefined {
  const content = children(step(response, "content"));
  const [, media] = content.find(([type]) => JSON_TYPE.test(type)) ?? [];
  const schema = media && step(media, "schema");
  if (schema?.value !== undefined) return schema;
  const types = content.map(([type]) => type);
  const expected = "content of application/json with a schema, which the extension reads";
  report("expression-resolves", response, expected, types.join(", ") || "no content");
  return undefined;
}

function checkTypes(
  place: Place,
  found: readonly string[],
  allowed: readonly string[],
  report: Report,
): void {
  const wrong = found.find((type) => !allowed.includes(type));
  if (wrong === undefined) return;
  const expected = `something of type ${allowed.join(" or ")}`;
  report("expression-resolves", place, expected, `${shown(place.value)}, which is of type ${wrong}`);
}

function checkConstant(name: string, member: Place, report: Report): void {
  const { value } = member;
  if (NEVER_CONSTANT.includes(name)) {
    report("response-shape", member, `a runtime expression such as "$response.body#/${name}"`);
  } else if (name === "expires_in" && !(typeof value === "number" && value > 0)) {
    // A constant lifetime is what a response that states none means.
    report("response-shape", member, "a runtime expression, or a lifetime in seconds such as 3600");
  }
}

function checkSecret(name: string, schema: Place, report: Report): void {
  const { format } = nodeAt(schema);
  if (format === "password") return;
  report("secret-format", step(schema, "format"), `format: password, since ${name} is a secret`);
}

function describe(status: string, response: Place): ResponseDescription {
  const content = children(step(response, "content"));
  const [mediaType, media] = content.find(([type]) => JSON_TYPE.test(type)) ?? content[0] ?? [];
  const examples = media ? exampleValues(media) : [];
  if (media && examples.length === 0) examples.push(["example", sampleOf(step(media, "schema"))]);
  return { status, mediaType, examples: Object.fromEntries(examples) };
}

function nameList(members: MemberTypes): string {
  return Object.keys(members).join(", ");
}
