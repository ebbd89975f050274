import { children, nodeAt, type Place, refuse, step } from "./spec.ts";
import { shown } from "./spec-problem.ts";

/** Where a value of a token request goes; `basic` is a part of HTTP Basic authentication. */
export type Target = "path" | "query" | "header" | "body" | "basic";

/** One member of a token request: a constant, or what a credential fills. */
export interface RequestMember {
  readonly target: Target;
  /** Its name on the wire. */
  readonly name: string;
  readonly constant?: string | undefined;
  readonly credential?: Credential | undefined;
}

/** What a caller has to know to use a grant. */
export interface Credential {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly secret: boolean;
  readonly default: string | undefined;
}

/** Names that hold something which must not be printed. */
export const SECRET: RegExp = /secret|key|password|token|^code$/i;

/** Reads the properties of a request body. */
export function readProperties(schema: Place): RequestMember[] {
  const required = [nodeAt(schema).required].flat();
  return children(step(schema, "properties")).flatMap(([name, property]) =>
    readMember("body", name, property, property, required.includes(name)),
  );
}

/** Reads the parameters of an operation; one of its own replaces the path's of the same name. */
export function readParameters(pathItem: Place, operation: Place): RequestMember[] {
  const listed = [pathItem, operation].flatMap((place) => children(step(place, "parameters")));
  const byName = new Map(listed.map(([, parameter]) => [identityOf(parameter), parameter]));
  return [...byName.values()].flatMap(readParameter);
}

function identityOf(parameter: Place): string {
  const { name, in: target } = nodeAt(parameter);
  return `${target} ${target === "header" ? String(name).toLowerCase() : name}`;
}

function readParameter(parameter: Place): RequestMember[] {
  const { name, in: target, required } = nodeAt(parameter);
  if (target !== "path" && target !== "query" && target !== "header") {
    refuse(step(parameter, "in"), "path, query or header");
  }
  return readMember(target, String(name), parameter, step(parameter, "schema"), required === true);
}

function readMember(
  target: Target,
  name: string,
  declaration: Place,
  schema: Place,
  required: boolean,
): RequestMember[] {
  const { const: constant, default: preset, description = "" } = nodeAt(schema);
  if (nodeAt(declaration)["x-credential"] !== undefined) {
    const credential = {
      name: readCredentialName(step(declaration, "x-credential")),
      description: String(nodeAt(declaration).description ?? description),
      required: required && preset === undefined,
      secret: nodeAt(schema).format === "password",
      default: preset === undefined ? undefined : text(step(schema, "default")),
    };
    checkSchema(schema, credential);
    return [{ target, name, credential }];
  }
  if (constant !== undefined) return [{ target, name, constant: text(step(schema, "const")) }];
  if (!required) return [];
  return refuse(
    declaration,
    "x-credential or a const, since the request cannot be made without it",
    shown(name),
  );
}

/** The name of a credential, which becomes a member of the credentials that a caller passes. */
export function readCredentialName(place: Place): string {
  const { value } = place;
  if (typeof value === "string" && /^[a-z][A-Za-z0-9]*$/.test(value) && value !== "grant") return value;
  return refuse(place, 'a name in camelCase other than "grant", such as "clientSecret"');
}

function checkSchema(schema: Place, { name, secret }: Credential): void {
  const { type, format } = nodeAt(schema);
  if (type !== "string") refuse(step(schema, "type"), "type: string, since it holds a credential");
  for (const keyword of ["const", "enum"]) {
    if (keyword in nodeAt(schema)) refuse(step(schema, keyword), "any string, since it holds a credential");
  }
  if (!secret && SECRET.test(name)) {
    refuse(schema, `format: password, since ${name} is a secret`, shown(format));
  }
}

function text(place: Place): string {
  return typeof place.value === "string" ? place.value : refuse(place, "a string");
}
