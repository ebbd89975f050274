import { credentialsOf, type Grant } from "@org/auth-spec";
import { pascalCase } from "@org/vendors";
import { docComment, quoted } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

/** The type of the credentials that a caller needs. */
export function emitCredentials(spec: ReadSpec): string {
  const name = credentialsName(spec);
  const grants = grantsOf(spec);
  const [first] = grants;
  const about = docComment(`What ${spec.vendor} issues to a caller of its API. Keep it on a server.`);
  const union = grants.map((grant) => `| ${interfaceName(spec, grant)}`).join("\n");
  if (first && grants.length === 1) return `${about}export interface ${name} {\n${members(first)}}\n`;
  const types = grants.map((grant) => {
    const description = docComment(grant.description);
    return `${description}export interface ${interfaceName(spec, grant)} {\nreadonly grant: ${quoted(grant.name)};\n${members(grant)}}\n`;
  });
  return [`${about}export type ${name} =\n${union};\n`, ...types].join("\n");
}

/** The grants of all token operations. */
export function grantsOf({ operations }: ReadSpec): readonly Grant[] {
  return operations.flatMap(({ grants }) => grants);
}

/** The name of the type of a vendor's credentials. */
export function credentialsName({ vendor }: ReadSpec): string {
  return `${pascalCase(vendor)}Credentials`;
}

/** The name of the type of the credentials for one grant: the vendor's own if there is only one. */
export function interfaceName(spec: ReadSpec, grant: Grant): string {
  if (grantsOf(spec).length === 1) return credentialsName(spec);
  return `${pascalCase(spec.vendor)}${pascalCase(grant.name)}Credentials`;
}

function members(grant: Grant): string {
  return credentialsOf(grant)
    .map(({ name, description, required, default: preset, schema }) => {
      const type = schema?.enum?.map(quoted).join(" | ") ?? "string";
      const about = preset === undefined ? description : `${description}\nDefault: ${quoted(preset)}.`;
      return `${docComment(about)}readonly ${name}${required ? `: ${type}` : `?: ${type} | undefined`};\n`;
    })
    .join("");
}
