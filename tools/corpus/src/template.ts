import { camelCase } from "@org/vendors";

/**
 * Text with `${connectionConfig.tenantId}` for a setting of the customer's and `${credentials.clientId}` for a credential in it, as the facts
 * have it, and `<token>` for the token.
 */
export type Template = string;

/** A value for each setting and credential, by name. */
export type Values = Readonly<Record<string, string>>;

const REFERENCE = /\$\{(?:\w+\.)?(\w+)\}/g;

/** The template that is nothing but something of the customer's, such as `credentials.clientId`. */
export function referenceTo(source: string): Template {
  return `\${${source}}`;
}

/** What a template refers to, by names such as `tenantId`. */
export function namesIn(template: Template): string[] {
  return [...template.matchAll(REFERENCE)].map(([, name = ""]) => camelCase(name));
}

/** The name of the setting or credential that a template is, if it is nothing else. */
export function onlyName(template: Template): string | undefined {
  return template.replace(REFERENCE, "") === "" && namesIn(template).length === 1
    ? namesIn(template)[0]
    : undefined;
}

/** The text that a template stands for. */
export function filled(template: Template, values: Values): string {
  return template
    .replace(REFERENCE, (_, name: string) => values[camelCase(name)] ?? "")
    .replace(/\$\{base64\((.*)\)\}/, (_, text: string) => Buffer.from(text).toString("base64"));
}

/** The template in the words of OpenAPI, such as `https://{tenant}.acme.example`. */
export function inBraces(template: Template): string {
  return template.replace(REFERENCE, (_, name: string) => `{${camelCase(name)}}`);
}

/** An object with other values. */
export function mapped<Value, Result>(
  object: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));
}
