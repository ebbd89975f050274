import { branches } from "./runtime-expression.ts";
import { children, nodeAt, type Place, refuse, step, steps } from "./spec.ts";
import { shown } from "./spec-problem.ts";

/** Where a value of a token request goes. */
export type Target = "path" | "query" | "header" | "body";

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

/** One way to earn a token, and the request it takes. */
export interface Grant {
  readonly name: string;
  readonly description: string;
  readonly members: readonly RequestMember[];
  readonly hasBody: boolean;
}

/** Names that hold something which must not be printed. */
const SECRET = /secret|key|password|token|^code$/i;

/** Reads the grants of an operation: one, or one per branch of the body's `oneOf`. */
export function readGrants(pathItem: Place, operation: Place): Grant[] {
  const parameters = [pathItem, operation].flatMap((place) => children(step(place, "parameters")));
  const shared = parameters.flatMap(([, parameter]) => readParameter(parameter));
  const body = step(operation, "requestBody");
  const [first] = children(step(body, "content"));
  const schema = first && step(first[1], "schema");
  const declared = step(operation, "x-token-grant");
  const names = [declared.value].flat();
  if (
    names.length === 0 ||
    !names.every((name) => typeof name === "string" && /^[a-z][a-z0-9_:./-]*$/.test(name))
  ) {
    refuse(declared, 'a grant such as "client_credentials", or an array of them');
  }
  return (names as string[]).map((name) => {
    const branch = schema && (names.length === 1 ? schema : branchOf(name, schema, declared));
    const members = branch ? readProperties(branch) : [];
    if (members.length === 0 && nodeAt(body).required === true) {
      refuse(body, "a member with x-credential in a body that is required", "none");
    }
    const description = String(nodeAt(branch ?? operation).description ?? "");
    return { name, description, members: [...members, ...shared], hasBody: members.length > 0 };
  });
}

function branchOf(grant: string, schema: Place, declared: Place): Place {
  const found = branches(schema).filter(
    (branch) => nodeAt(steps(branch, "properties", "grant_type")).const === grant,
  );
  const [branch] = found;
  if (found.length === 1 && branch) return branch;
  return refuse(
    declared,
    `one oneOf branch of the body whose grant_type is the const ${shown(grant)}`,
    String(found.length),
  );
}

function readProperties(schema: Place): RequestMember[] {
  const required = nodeAt(schema).required;
  return children(step(schema, "properties")).flatMap(([name, property]) =>
    readMember("body", name, property, property, Array.isArray(required) && required.includes(name)),
  );
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
  const { const: constant, default: preset, format, description } = nodeAt(schema);
  const credential = step(declaration, "x-credential");
  if (credential.value === undefined) {
    if (constant !== undefined) return [{ target, name, constant: text(step(schema, "const")) }];
    if (required)
      refuse(
        declaration,
        "x-credential or a const, since the request cannot be made without it",
        shown(name),
      );
    return [];
  }
  if (typeof credential.value !== "string" || !/^[a-z][A-Za-z0-9]*$/.test(credential.value)) {
    refuse(credential, 'a name in camelCase, such as "clientSecret"');
  }
  if (nodeAt(schema).type !== "string")
    refuse(step(schema, "type"), "type: string, since it holds a credential");
  const secret = format === "password";
  if (!secret && SECRET.test(credential.value)) {
    refuse(schema, `format: password, since ${credential.value} is a secret`, shown(format));
  }
  const about = nodeAt(declaration).description ?? description ?? "";
  return [
    {
      target,
      name,
      credential: {
        name: credential.value,
        description: String(about),
        required: required && preset === undefined,
        secret,
        default: preset === undefined ? undefined : text(step(schema, "default")),
      },
    },
  ];
}

function text(place: Place): string {
  return typeof place.value === "string" ? place.value : refuse(place, "a string");
}
