import type { MappedValue, TokenErrorMapping, TokenResponseMapping } from "@org/auth-core/vendor";
import { children, isNode, nodeAt, type Place, step } from "../document.ts";
import { isExpression, type Reached } from "../expression.ts";
import { type Report, type Rule, shown } from "../problem.ts";
import { branches, exampleValues, sampleOf, typesOf } from "../schema.ts";
import { checkDistinct, splitExamples } from "./refusal-in-success.ts";
import { exampleHeaders, followIntoResponse, JSON_TYPE } from "./response-places.ts";

/** A documented response. */
export interface ResponseDescription {
  /** A status such as `"200"`, a range such as `"4XX"`, or `"default"`. */
  readonly status: string;
  /** The preferred media type of its body, JSON if possible; `undefined` if no body is documented. */
  readonly mediaType: string | undefined;
  /** The examples of that body, by name; one made from the schema if there is none. */
  readonly examples: Readonly<Record<string, unknown>>;
  /** A value for each of its documented headers. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The response that contains a token. */
export interface TokenSuccess extends ResponseDescription {
  readonly mapping: TokenResponseMapping;
  /** The media types of its body. */
  readonly mediaTypes: readonly string[];
  /** The path to an object that may also be a string of JSON. */
  readonly jsonText: readonly string[] | undefined;
}

/** A refusal; it has the status of the success if that response may contain one. */
export interface TokenRefusal extends ResponseDescription {
  /** How its body is read: by the first mapping that finds any member. None if no body is documented. */
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
/** Members that differ in each response. */
const NEVER_CONSTANT: readonly string[] = ["access_token", "refresh_token", "expires_at"];
const SECRET_MEMBERS: readonly string[] = ["access_token", "refresh_token"];

const ERROR_TYPES = ["string", "integer", "number", "object"];
const ERROR_MEMBERS: MemberTypes = { code: ERROR_TYPES, reason: ERROR_TYPES, message: ERROR_TYPES };

/** Stands in for a mapping that is a problem. */
const NOWHERE = "$response.body#/access_token";

/** Reads the responses of an operation: the success that has an `x-token-response`, and the refusals. */
export function readResponses(
  operation: Place,
  report: Report,
): { readonly success: TokenSuccess | undefined; readonly refusals: readonly TokenRefusal[] } {
  const found = readSuccess(operation, report);
  const refusals = readRefusals(operation, found?.status, report);
  if (!found) return { success: undefined, refusals };
  const { response, ...success } = found;
  const own = readOwnRefusal(success, response, report);
  const tokens = own?.tokens ?? success.examples;
  for (const { status, mappings } of refusals.filter((one) => one.status.startsWith("2"))) {
    const place = step(operation, "responses", status, "x-token-error");
    checkDistinct(place, success, mappings, tokens, report);
  }
  return {
    success: { ...success, examples: tokens },
    refusals: own ? [own.refusal, ...refusals] : refusals,
  };
}

/** Reads the refusal that a success may contain instead of a token. */
function readOwnRefusal(success: TokenSuccess, response: Place, report: Report) {
  const place = step(response, "x-token-error");
  if (place.value === undefined) return undefined;
  const { status, mediaType, headers } = success;
  const mappings = readErrorMappings(status, response, report);
  const { tokens, refusals } = splitExamples(success, mappings, alternatives(success, response));
  checkDistinct(place, success, mappings, tokens, report);
  if (Object.keys(tokens).length === 0 || Object.keys(refusals).length === 0) {
    const expected = "examples of the response, at least one with a token and one with a refusal";
    const found = Object.keys(refusals).length === 0 ? "no refusal" : "no token";
    report("error-shape", place, expected, found);
  }
  return { tokens, refusal: { status, mediaType, headers, examples: refusals, mappings } };
}

/** The examples of a body; without any, one of each alternative of its schema. */
function alternatives({ examples }: TokenSuccess, response: Place): Readonly<Record<string, unknown>> {
  const [, media] = preferredContent(response);
  if (!media || exampleValues(media).length > 0) return examples;
  const samples = branches(step(media, "schema")).map((branch) => sampleOf(branch));
  return Object.fromEntries(samples.map((sample, index) => [`example ${index + 1}`, sample]));
}

/** A success, and its place in the document. */
type FoundSuccess = TokenSuccess & { readonly response: Place };

function readSuccess(operation: Place, report: Report): FoundSuccess | undefined {
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
        if (!reached.required && !("x-token-error" in nodeAt(response))) {
          report("expression-resolves", member, expected, `${shown(member.value)}, which may be absent`);
        }
      }
      if (SECRET_MEMBERS.includes(name))
        for (const target of reached.targets) checkSecret(name, target, report);
    },
  );
  const mediaTypes = children(step(response, "content")).map(([type]) => type);
  const described = describe(status, response);
  return { ...described, mapping: { access_token: NOWHERE, ...mapping }, mediaTypes, jsonText, response };
}

/** Reads all other responses of an operation. */
function readRefusals(operation: Place, success: string | undefined, report: Report): TokenRefusal[] {
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
  if (!/^([1-5](\d\d|XX)|default)$/.test(status)) {
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
      const reached = followIntoResponse(member, response, report);
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

function checkTypes(
  place: Place,
  found: readonly string[],
  allowed: readonly string[],
  report: Report,
): void {
  const wrong = found.find((type) => !allowed.includes(type));
  if (wrong === undefined) return;
  const expected = `a value of type ${allowed.join(" or ")}`;
  report("expression-resolves", place, expected, `${shown(place.value)}, which is of type ${wrong}`);
}

function checkConstant(name: string, member: Place, report: Report): void {
  const { value } = member;
  if (NEVER_CONSTANT.includes(name)) {
    report("response-shape", member, `a runtime expression such as "$response.body#/${name}"`);
  } else if (name === "expires_in" && !(typeof value === "number" && value > 0)) {
    // A constant lifetime is for a response that does not state one.
    report("response-shape", member, "a runtime expression, or a lifetime in seconds such as 3600");
  }
}

function checkSecret(name: string, schema: Place, report: Report): void {
  const { format } = nodeAt(schema);
  if (format === "password") return;
  report("secret-format", step(schema, "format"), `format: password, since ${name} is a secret`);
}

function describe(status: string, response: Place): ResponseDescription {
  const [mediaType, media] = preferredContent(response);
  const examples = media ? exampleValues(media) : [];
  const headers = exampleHeaders(response);
  if (media && examples.length === 0) examples.push(["example", sampleOf(step(media, "schema"))]);
  // If everything is in headers, those are an example as well.
  if (!media && Object.keys(headers).length > 0) examples.push(["example", undefined]);
  return { status, mediaType, examples: Object.fromEntries(examples), headers };
}

function preferredContent(response: Place): readonly [mediaType?: string, media?: Place] {
  const content = children(step(response, "content"));
  return content.find(([type]) => JSON_TYPE.test(type)) ?? content[0] ?? [];
}

function nameList(members: MemberTypes): string {
  return Object.keys(members).join(", ");
}
