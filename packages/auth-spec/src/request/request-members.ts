import type { CredentialSchema } from "@org/auth-core/vendor";
import { isRepeated, nodeAt, type Place, step, textOf } from "../document.ts";
import { type Report, shown } from "../problem.ts";
import { branches, constantOf, exampleValues, partsOf, propertiesOf } from "../schema.ts";
import { readCredentialSchema } from "./credential-schema.ts";

/**
 * Where a value goes. `basic` is a part of HTTP Basic authentication; `authorization` is the `Authorization` header, after
 * the scheme that is the member's name; `api` is not in the token request, but in each API call.
 */
export type RequestPlace =
  | "path"
  | "query"
  | "header"
  | "cookie"
  | "body"
  | "basic"
  | "authorization"
  | "api";

/** One member of a token request: a constant or a credential. */
export interface RequestMember {
  readonly in: RequestPlace;
  /** Its name on the wire; in a body the names from the outermost object on, such as `["credentials", "secret"]`. */
  readonly path: readonly [string, ...string[]];
  /** The value, if it is the same in each request. */
  readonly constant?: unknown;
  /** The path to the optional object that contains it, which is sent only if it contains a credential. */
  readonly within?: readonly string[];
  readonly credential?: Credential;
  /** HTTP Basic authentication sends it unencoded. Default: form-encoded. */
  readonly encoding?: "raw";
  /** The values of its own examples, else its default, else its choices; none if it has none of these. */
  readonly samples?: readonly unknown[];
}

/** One of a grant's credentials, as a caller has to know it. */
export interface Credential {
  readonly name: string;
  readonly description: string;
  /** The request cannot be made without it. */
  readonly required: boolean;
  /** It must never be printed. */
  readonly secret: boolean;
  /** What is sent if the caller leaves it out. */
  readonly default: string | undefined;
  /** What its text must conform to; `undefined` if any text will do. */
  readonly schema?: CredentialSchema | undefined;
}

/** Names of credentials that must not be printed. */
export const SECRET_NAME: RegExp = /secret|key|password|token|^code$/i;

const FORM = "application/x-www-form-urlencoded";

/** No request written by a person has as many members. */
const MEMBERS = 1000;

/** Reads the members of a request body, those of nested objects included. */
export function readBody(body: Place, mediaType: string, report: Report): RequestMember[] {
  const isForm = mediaType === FORM;
  let count = 0;
  return readObject(body, [], true, []);

  function readObject(
    schema: Place,
    path: readonly string[],
    required: boolean,
    passed: readonly Place[],
  ): RequestMember[] {
    const members = propertiesOf(schema).flatMap(({ name, place, required: own }): RequestMember[] => {
      count++;
      if (count === MEMBERS) report("request-shape", body, `fewer than ${MEMBERS} members`, "more");
      if (count >= MEMBERS) return [];
      const at: [string, ...string[]] = [
        path[0] ?? name,
        ...(path.length > 0 ? [...path.slice(1), name] : []),
      ];
      const needed = required && own;
      const constant = constantOf(place);
      const isFilled = constant !== undefined || nodeAt(place)["x-credential"] !== undefined;
      const isObject = !isFilled && propertiesOf(place).length > 0 && !isRepeated(place, passed);
      const members = isObject
        ? readObject(place, at, needed, [...passed, place])
        : readMember("body", at, place, place, needed, report);
      if (isForm && members.length > 0 && (isObject || typeof constant?.value === "object")) {
        report("request-shape", place, "text in a form, which cannot contain an object", shown(name));
        return [];
      }
      if (!isObject) return members;
      const isOptional = !own && members.some(({ credential }) => credential);
      return isOptional ? members.map((member) => ({ within: at, ...member })) : members;
    });
    // Members that are never sent may have alternatives.
    if (schema === body || members.length > 0) refuseAlternatives(schema, report);
    return members;
  }
}

function refuseAlternatives(schema: Place, report: Report): void {
  for (const part of partsOf(schema)) {
    for (const keyword of ["oneOf", "anyOf"].filter((key) => key in nodeAt(part))) {
      const expected = "members without alternatives, since alternatives inside a request are not supported";
      report("request-shape", step(part, keyword), expected, keyword);
    }
  }
}

/** Reads one member of a token request: a credential or a constant; none if it is optional and neither. */
export function readMember(
  place: RequestPlace,
  path: RequestMember["path"],
  declaration: Place,
  schema: Place,
  required: boolean,
  report: Report,
): RequestMember[] {
  const { default: preset, description } = nodeAt(schema);
  if (nodeAt(declaration)["x-credential"] !== undefined) {
    const name = readCredentialName(step(declaration, "x-credential"), report);
    if (name === undefined) return [];
    const secret = nodeAt(schema).format === "password";
    const samples = samplesOf(declaration, schema);
    const credential = {
      name,
      description: textOf(nodeAt(declaration).description ?? description),
      required: required && preset === undefined,
      secret,
      default: preset === undefined ? undefined : textOf(preset),
      schema: readCredentialSchema(schema, secret ? undefined : samples[0], report),
    };
    checkCredential(schema, credential, report);
    return [{ in: place, path, credential, samples }];
  }
  const constant = constantOf(schema);
  if (constant) {
    if (place === "body" || typeof constant.value !== "object") {
      return [{ in: place, path, constant: constant.value }];
    }
    report("request-shape", schema, `text or a number in a ${place}`, shown(constant.value));
    return [];
  }
  if (required) report("request-shape", declaration, whatItLacks(schema), shown(path.join("/")));
  return [];
}

/** Why a required member cannot be sent. */
function whatItLacks(schema: Place): string {
  if (nodeAt(schema).type === "array") {
    return "x-credential on a string or a constant, since an array of credentials is not supported";
  }
  if (branches(schema).length > 1) {
    return "x-credential or a constant, since alternatives inside a request are not supported";
  }
  return "x-credential or a constant, since the request cannot be made without it";
}

function samplesOf(declaration: Place, schema: Place): readonly unknown[] {
  const named = exampleValues(declaration).map(([, value]) => value);
  const { example, examples, default: preset, enum: values } = nodeAt(schema);
  const own = [...(example === undefined ? [] : [example]), ...(Array.isArray(examples) ? examples : [])];
  const choices = Array.isArray(values) ? values : [];
  return [named, own, preset === undefined ? [] : [preset], choices].find(({ length }) => length > 0) ?? [];
}

/** The name of a credential, which becomes a member of the credentials that a caller passes. */
export function readCredentialName(place: Place, report: Report): string | undefined {
  const { value } = place;
  if (typeof value === "string" && /^[a-z][A-Za-z0-9]*$/.test(value) && value !== "grant") return value;
  report("credential-shape", place, 'a name in camelCase other than "grant", such as "clientSecret"');
  return undefined;
}

function checkCredential(schema: Place, { name, secret }: Credential, report: Report): void {
  const { type, format, default: preset } = nodeAt(schema);
  if (type !== "string") {
    report("credential-shape", step(schema, "type"), "type: string, since it is a credential");
  }
  if (preset !== undefined && typeof preset !== "string") {
    report("credential-shape", step(schema, "default"), "a string");
  }
  if (constantOf(schema)) {
    const keyword = step(schema, "const" in nodeAt(schema) ? "const" : "enum");
    report("credential-shape", keyword, "any string, since it is a credential");
  }
  if (!secret && SECRET_NAME.test(name)) {
    report(
      "secret-format",
      step(schema, "format"),
      `format: password, since ${name} is a secret`,
      shown(format),
    );
  }
}
