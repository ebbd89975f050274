import { credentialsOf, type Grant, type Server, type Variable } from "@org/auth-spec";
import { pascalCase } from "@org/vendors";
import { docComment, property, quoted } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

const SERVER = "Which of the vendor's servers to talk to.";
const BASE_URL = "The URL below which the vendor's paths lie. Wins over `server`.";
const VARIABLES = "Values for the variables in the server's URL.";

/** The type of the credentials that a caller needs. */
export function emitCredentials(spec: ReadSpec): string {
  const { vendor, operations } = spec;
  const [name, ...choices] = credentialTypes(spec);
  const grants = operations.flatMap((operation) => operation.grants);
  const about = docComment(`What ${vendor} issues to a caller of its API. Keep it on a server.`);
  if (choices.length === 0) return `${about}export interface ${name} {\n${grants.map(members).join("")}}\n`;
  const types = grants.map((grant) => {
    const head = `${docComment(grant.description)}export interface ${interfaceName(spec, grant)}`;
    return `${head} {\nreadonly grant: ${quoted(grant.name)};\n${members(grant)}}\n`;
  });
  return [
    `${about}export type ${name} =\n${choices.map((type) => `| ${type}`).join("\n")};\n`,
    ...types,
  ].join("\n");
}

/** The names of the types of a vendor's credentials: of all, then, if it has several grants, of those for each. */
export function credentialTypes(spec: ReadSpec): string[] {
  const grants = spec.operations.flatMap((operation) => operation.grants);
  const each = grants.length > 1 ? grants.map((grant) => interfaceName(spec, grant)) : [];
  return [`${pascalCase(spec.vendor)}Credentials`, ...each];
}

/** The name of the type of the credentials for one of several grants. */
export function interfaceName({ vendor }: ReadSpec, grant: Grant): string {
  return `${pascalCase(vendor)}${pascalCase(grant.name)}Credentials`;
}

function members(grant: Grant): string {
  return credentialsOf(grant)
    .map(({ schema, required, ...credential }) => emitValue({ ...schema, ...credential }, required))
    .join("");
}

/** The parameter of a client's options; they may be left out if none of them is required. */
export function optionsParameter({ operations: [{ servers, security }] }: ReadSpec): string {
  const [server, ...others] = servers;
  const needsFetch = security?.mutualTLS === true;
  const isOptional = others.length === 0 && !server?.variables.some(isRequired) && !needsFetch;
  return server && isOptional ? "options?" : "options";
}

/** Written out, so that a comparison of two versions' types shows what may be passed. */
export function emitServerOptions({ operations: [{ servers }] }: ReadSpec): string {
  if (servers.length === 0) {
    return object(
      member("The URL below which the vendor's paths lie; the vendor publishes none.", "baseUrl"),
    );
  }
  const isOnly = servers.length === 1;
  const names = servers.map(({ name }) => quoted(name)).join(" | ");
  const variables = servers.flatMap((server) => server.variables);
  const anyServer = optional(SERVER, "server", names);
  const anyUrl = optional(BASE_URL, "baseUrl");
  if (variables.length === 0 && isOnly) return object(anyServer, anyUrl);
  const byName =
    variables.length === 0
      ? [object(member(SERVER, "server", names), anyUrl)]
      : servers.map((server) => object(...chosen(server, isOnly), anyUrl));
  const anyVariables = variables.length > 0 ? [optional(VARIABLES, "variables", unchecked(variables))] : [];
  const byUrl = object(anyServer, ...anyVariables, member(BASE_URL, "baseUrl"));
  return `(${[...byName, byUrl].map((one) => `| ${one}`).join(" ")})`;
}

/** The members that choose one server and fill its variables. */
function chosen({ name, variables }: Server, isOnly: boolean): string[] {
  const server = (isOnly ? optional : member)(SERVER, "server", quoted(name));
  if (variables.length === 0) return [server];
  const type = object(...variables.map((variable) => emitValue(variable, isRequired(variable))));
  return [server, (variables.some(isRequired) ? member : optional)(VARIABLES, "variables", type)];
}

/** Variables beside a base URL, which does not need them. */
function unchecked(variables: readonly Variable[]): string {
  const names = new Set(variables.map(({ name }) => name));
  return `{ ${[...names].map((name) => optional("", name).trim()).join(" ")} }`;
}

/** A credential or a variable as a member of an object type. */
function emitValue(
  {
    name,
    description,
    default: preset,
    enum: allowed,
  }: Omit<Variable, "default"> & { default?: string | undefined },
  isRequired: boolean,
): string {
  const about = preset === undefined ? description : `${description}\nDefault: ${quoted(preset)}.`;
  return (isRequired ? member : optional)(about, name, allowed?.map(quoted).join(" | "));
}

function isRequired({ default: preset }: Variable): boolean {
  return preset === undefined;
}

function object(...members: string[]): string {
  return `{\n${members.join("")}}`;
}

function optional(about: string, name: string, type = "string"): string {
  return `${docComment(about)}readonly ${property(name)}?: ${type} | undefined;\n`;
}

function member(about: string, name: string, type = "string"): string {
  return `${docComment(about)}readonly ${property(name)}: ${type};\n`;
}
