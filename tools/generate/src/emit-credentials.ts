import type { Credential, Grant } from "./grants.ts";
import { banner, docComment, pascalCase, quoted, type SourceFile } from "./source-text.ts";
import type { TokenOperation } from "./token-operation.ts";

/** The type of what a caller has to know. */
export function emitCredentials({ spec, grants }: TokenOperation): SourceFile {
  const name = `${pascalCase(spec.vendor)}Credentials`;
  const [first, ...others] = grants;
  const about = `What ${spec.vendor} issues to a caller of its API. Keep it on a server.`;
  const text =
    first && others.length === 0
      ? `${docComment(about)}export interface ${name} {\n${members(first)}}\n`
      : [
          `${docComment(about)}export type ${name} =\n${grants.map((grant) => `  | ${interfaceName(name, grant)}`).join("\n")};\n`,
          ...grants.map(
            (grant) =>
              `${docComment(grant.description)}export interface ${interfaceName(name, grant)} {\n  readonly grant: ${quoted(grant.name)};\n${members(grant)}}\n`,
          ),
        ].join("\n");
  return { name: "credentials.ts", text: `${banner(spec)}\n${text}` };
}

/** The credentials of a grant, each once, in the order in which the request holds them. */
export function credentialsOf(grant: Grant): readonly Credential[] {
  const byName = new Map<string, Credential>();
  for (const { credential } of grant.members) {
    if (credential && !byName.has(credential.name)) byName.set(credential.name, credential);
  }
  return [...byName.values()];
}

/** The names of the interfaces behind a union of credentials. */
export function interfaceName(union: string, grant: Grant): string {
  return union.replace(/Credentials$/, `${pascalCase(grant.name)}Credentials`);
}

function members(grant: Grant): string {
  return credentialsOf(grant)
    .map((credential) => {
      const preset = credential.default === undefined ? "" : `\nDefault: ${quoted(credential.default)}.`;
      const optional = credential.required ? "" : "?";
      const orUndefined = credential.required ? "" : " | undefined";
      return `${docComment(credential.description + preset, "  ")}  readonly ${credential.name}${optional}: string${orUndefined};\n`;
    })
    .join("");
}
