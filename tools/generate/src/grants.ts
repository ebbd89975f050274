import { readBasicAuthentication } from "./basic-authentication.ts";
import { type Credential, type RequestMember, readParameters, readProperties } from "./request-member.ts";
import { branches } from "./runtime-expression.ts";
import { pascalCase } from "./source-text.ts";
import { children, nodeAt, type Place, refuse, step, steps } from "./spec.ts";
import { shown } from "./spec-problem.ts";

/** One way to earn a token, and the request it takes. */
export interface Grant {
  readonly name: string;
  readonly description: string;
  readonly members: readonly RequestMember[];
  readonly hasBody: boolean;
}

/** Reads the grants of an operation: one, or one per branch of the body's `oneOf`. */
export function readGrants(pathItem: Place, operation: Place): Grant[] {
  const parameters = readParameters(pathItem, operation);
  const basic = readBasicAuthentication(operation);
  const body = step(operation, "requestBody");
  const [preferred] = children(step(body, "content"));
  const schema = preferred && step(preferred[1], "schema");
  const declared = step(operation, "x-token-grant");
  const names = readNames(declared);
  return names.map((name) => {
    const branch = schema && (names.length === 1 ? schema : branchOf(name, schema, declared));
    const properties = branch ? readProperties(branch) : [];
    if (properties.length === 0 && nodeAt(body).required === true) {
      refuse(body, "a member with x-credential in a body that is required", "none");
    }
    const members = [...basic, ...properties, ...parameters];
    if (!members.some(({ credential }) => credential)) {
      refuse(operation, `a parameter or property with x-credential for ${name}`, "none");
    }
    const description = String(nodeAt(branch ?? operation).description ?? "");
    return { name, description, members, hasBody: properties.length > 0 };
  });
}

/** The credentials of a grant, each once, in the order in which the request holds them. */
export function credentialsOf({ members }: Grant): readonly Credential[] {
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

function readNames(declared: Place): string[] {
  const names = [declared.value].flat().filter((name) => typeof name === "string");
  const given = Array.isArray(declared.value) ? declared.value.length : 1;
  const valid = names.filter((name) => /^[a-z][a-z0-9_:./-]*$/.test(name));
  // Two that differ in punctuation alone would share their generated names.
  if (given > 0 && new Set(valid.map(pascalCase)).size === given) return names;
  return refuse(declared, 'a grant such as "client_credentials", or an array of different ones');
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
