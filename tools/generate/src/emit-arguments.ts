import { credentialsOf, type Grant, type Server, type Variable } from "@org/auth-spec";
import { pascalCase } from "@org/vendors";
import { docComment, property, quoted } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

const SERVER = "Which of the vendor's servers to talk to.";
const BASE_URL = "The URL below which the vendor's paths lie. Wins over `server`.";
const VARIABLES = "Values for the variables in the server's URL.";

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
    .map(({ schema, required, ...credential }) => emitValue({ ...schema, ...credential }, required))
    .join("");
}

/** The parameter of a client's options; they may be left out if none of them is required. */
export function optionsParameter({ operations: [operation] }: ReadSpec): string {
  const [server, ...others] = operation?.servers ?? [];
  const needsFetch = operation?.security?.mutualTLS === true;
  const isOptional = others.length === 0 && !server?.variables.some(isRequired) && !needsFetch;
  return server && isOptional ? "options?" : "options";
}

/** Written out, so that a comparison of two versions' types shows what may be passed. */
export function emitServerOptions({ operations: [operation] }: ReadSpec): string {
  const servers = operation?.servers ?? [];
  if (servers.length === 0) {
    return `{\n${member("The URL below which the vendor's paths lie; the vendor publishes none.", "baseUrl: string")}}`;
  }
  const any = optional("server", servers.map(({ name }) => quoted(name)).join(" | "));
  const anyUrl = member(BASE_URL, optional("baseUrl", "string"));
  const variables = servers.flatMap((server) => server.variables);
  if (variables.length === 0 && servers.length === 1) return `{\n${member(SERVER, any)}${anyUrl}}`;
  const byName =
    variables.length === 0
      ? [`{\n${member(SERVER, `server: ${servers.map(({ name }) => quoted(name)).join(" | ")}`)}${anyUrl}}`]
      : servers.map((server) => `{\n${chosen(server, servers.length === 1)}${anyUrl}}`);
  const allOptional =
    variables.length > 0 ? member(VARIABLES, optional("variables", anyVariables(variables))) : "";
  const byUrl = `{\n${member(SERVER, any)}${allOptional}${member(BASE_URL, "baseUrl: string")}}`;
  return `(${[...byName, byUrl].map((one) => `| ${one}`).join(" ")})`;
}

/** The members that choose one server and fill its variables. */
function chosen({ name, variables }: Server, isOnly: boolean): string {
  const server = isOnly ? optional("server", quoted(name)) : `server: ${quoted(name)}`;
  if (variables.length === 0) return member(SERVER, server);
  const object = `{\n${variables.map((variable) => emitValue(variable, isRequired(variable))).join("")}}`;
  const given = variables.some(isRequired) ? `variables: ${object}` : optional("variables", object);
  return member(SERVER, server) + member(VARIABLES, given);
}

/** A credential or a variable as a member of an object type. */
function emitValue(
  value: Omit<Variable, "default"> & { default?: string | undefined },
  isRequired: boolean,
): string {
  const { name, description, default: preset, enum: allowed } = value;
  const about = preset === undefined ? description : `${description}\nDefault: ${quoted(preset)}.`;
  const type = allowed?.map(quoted).join(" | ") ?? "string";
  return member(about, isRequired ? `${property(name)}: ${type}` : optional(property(name), type));
}

/** With a base URL they are not needed. */
function anyVariables(variables: readonly Variable[]): string {
  const names = new Set(variables.map(({ name }) => property(name)));
  return `{ ${[...names].map((name) => `readonly ${optional(name, "string")};`).join(" ")} }`;
}

function isRequired({ default: preset }: Variable): boolean {
  return preset === undefined;
}

function optional(name: string, type: string): string {
  return `${name}?: ${type} | undefined`;
}

function member(about: string, text: string): string {
  return `${docComment(about)}readonly ${text};\n`;
}
