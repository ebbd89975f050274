import { credentialsOf, type Grant } from "./grants.ts";
import { banner, docComment, pascalCase, quoted, type SourceFile } from "./source-text.ts";
import type { TokenOperation } from "./token-operation.ts";

/** The type of what a caller has to know. */
export function emitCredentials({ spec, grants }: TokenOperation): SourceFile {
  const name = `${pascalCase(spec.vendor)}Credentials`;
  const [first, ...others] = grants;
  const about = docComment(`What ${spec.vendor} issues to a caller of its API. Keep it on a server.`);
  const text =
    first && others.length === 0
      ? `${about}export interface ${name} {\n${members(first)}}\n`
      : [
          `${about}export type ${name} =\n${grants.map((grant) => `  | ${interfaceName(name, grant)}`).join("\n")};\n`,
          ...grants.map(
            (grant) =>
              `${docComment(grant.description)}export interface ${interfaceName(name, grant)} {\n  readonly grant: ${quoted(grant.name)};\n${members(grant)}}\n`,
          ),
        ].join("\n");
  return { name: "credentials.ts", text: `${banner(spec)}\n${text}` };
}

/** The name of the interface of one grant, in a union of credentials. */
export function interfaceName(union: string, grant: Grant): string {
  return union.replace(/Credentials$/, `${pascalCase(grant.name)}Credentials`);
}

function members(grant: Grant): string {
  return credentialsOf(grant)
    .map(({ name, description, required, default: preset }) => {
      const about = preset === undefined ? description : `${description}\nDefault: ${quoted(preset)}.`;
      const type = required ? ": string" : "?: string | undefined";
      return `${docComment(about, "  ")}  readonly ${name}${type};\n`;
    })
    .join("");
}
