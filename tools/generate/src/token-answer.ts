import { bodySchema, type Mapping, type MemberTypes, readMapping } from "./mapping.ts";
import { children, nodeAt, type Place, refuse, step } from "./spec.ts";
import { shown } from "./spec-problem.ts";

/** How a successful answer is read. */
export interface TokenResponse {
  readonly status: string;
  readonly mapping: Mapping;
}

/** How a refusal is read: the first mapping that finds something. */
export interface TokenError {
  /** Statuses that are answered alike: exact ones, ranges such as `4XX`, or `default`. */
  readonly statuses: readonly string[];
  readonly mappings: readonly Mapping[];
}

/** The responses of an operation by status. */
export type Answers = readonly (readonly [status: string, answer: Place])[];

/** The members of an `x-token-response`. */
export const RESPONSE_MEMBERS: MemberTypes = {
  access_token: ["string"],
  token_type: ["string"],
  expires_in: ["integer", "number", "string"],
  expires_at: ["string", "integer", "number"],
  scope: ["string"],
  refresh_token: ["string"],
};
const SECRET_MEMBERS = ["access_token", "refresh_token"];

const ERROR_TYPES = ["string", "integer", "number", "object"];
/** The members of an `x-token-error`. */
export const ERROR_MEMBERS: MemberTypes = { code: ERROR_TYPES, reason: ERROR_TYPES, message: ERROR_TYPES };

/** Kinds of status, the most exact first: that is the order in which they count. */
const KINDS = [/^[1-5]\d\d$/, /^[1-5]XX$/, /^default$/];

/** Reads the `x-token-response` of an operation. */
export function readTokenResponse(operation: Place, answers: Answers): TokenResponse {
  const [found, another] = answers.filter(([, answer]) => "x-token-response" in nodeAt(answer));
  if (!found) refuse(step(operation, "responses"), "a response with x-token-response", "none");
  if (another)
    refuse(step(another[1], "x-token-response"), "one response with x-token-response", "a second one");
  const [status, answer] = found;
  const place = step(answer, "x-token-response");
  if (!/^2(\d\d|XX)$/.test(status)) {
    refuse(place, "x-token-response on a success such as 200", shown(status));
  }
  const mapping = readMapping(place, bodySchema(answer), RESPONSE_MEMBERS);
  checkToken(step(place, "access_token"), mapping);
  for (const name of SECRET_MEMBERS) checkSecret(step(place, name), name, mapping);
  checkLifetime(place, mapping);
  return { status, mapping };
}

/** Reads the `x-token-error` of each response that has any, in the order in which they count. */
export function readTokenErrors(answers: Answers): TokenError[] {
  const found = answers.filter(([, answer]) => "x-token-error" in nodeAt(answer));
  const kinds = KINDS.map(() => new Map<string, TokenError>());
  for (const [status, answer] of found) {
    const place = step(answer, "x-token-error");
    const alike = kinds[KINDS.findIndex((kind) => kind.test(status))];
    if (!alike || status.startsWith("2")) {
      refuse(place, "x-token-error on a refusal such as 401, 4XX or default", shown(status));
    }
    const schema = bodySchema(answer);
    const key = JSON.stringify([schema.pointer, place.value]);
    const statuses = [...(alike.get(key)?.statuses ?? []), status];
    alike.set(key, { statuses, mappings: readErrorMappings(place, schema) });
  }
  return kinds.flatMap((alike) => [...alike.values()]);
}

function readErrorMappings(place: Place, schema: Place): Mapping[] {
  const listed = Array.isArray(place.value) ? children(place).map(([, mapping]) => mapping) : [place];
  if (listed.length === 0) refuse(place, `an object with ${Object.keys(ERROR_MEMBERS).join(", ")}`);
  return listed.map((mapping) => readMapping(mapping, schema, ERROR_MEMBERS));
}

function checkToken(place: Place, { access_token: token }: Mapping): void {
  if (token?.kind !== "body") refuse(place, 'a runtime expression such as "$response.body#/access_token"');
  if (token.required) return;
  refuse(place, "an expression whose every member is required", `${shown(place.value)}, which may be absent`);
}

function checkSecret(place: Place, name: string, mapping: Mapping): void {
  const member = mapping[name];
  if (member?.kind === "constant") refuse(place, "a runtime expression");
  for (const target of member?.targets ?? []) {
    const { format } = nodeAt(target);
    if (format !== "password") refuse(target, `format: password, since ${name} is a secret`, shown(format));
  }
}

/** A constant moment is over one day, and a constant lifetime is what an answer without one means. */
function checkLifetime(place: Place, { expires_in: lifetime, expires_at: moment }: Mapping): void {
  if (moment?.kind === "constant") refuse(step(place, "expires_at"), "a runtime expression");
  if (lifetime?.kind === "constant" && !(typeof lifetime.value === "number" && lifetime.value > 0)) {
    refuse(step(place, "expires_in"), "a runtime expression, or a lifetime in seconds such as 3600");
  }
}
