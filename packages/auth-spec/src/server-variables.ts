import { filledUrl, isVariableValue, type ServerVariable } from "@org/auth-core/vendor";
import { children, listAt, nodeAt, type Place, step, textOf } from "./document.ts";
import { type Report, shown } from "./problem.ts";

/** A server variable: a part of a server's URL that the caller fills. */
export interface Variable extends ServerVariable {
  readonly name: string;
  readonly description: string;
}

const VALUE = 'letters, digits, "-", "_" and "~", with single dots between them';
const FITTING = "a value with which the URL is valid, such as 443 for a port";

/**
 * Reads the variables of a server.
 *
 * OpenAPI requires a default for each; an empty one means that the caller must pass the value.
 *
 * @see {@link https://spec.openapis.org/oas/v3.1.1.html#server-variable-object OpenAPI, server variables}
 */
export function readVariables(server: Place, url: string, report: Report): Variable[] {
  const place = step(server, "variables");
  const used = new Set([...url.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name));
  const described = children(place);
  for (const name of used) {
    if (described.some(([key]) => key === name)) continue;
    report(
      "server-shape",
      step(server, "url"),
      `${shown(name)} among the variables of the server, since it is in the URL`,
      described.map(([key]) => key).join(", ") || "none",
    );
  }
  return described.flatMap(([name, variable]) => {
    if (!/^[A-Za-z][\w-]*$/.test(name)) {
      report("server-shape", variable, 'a variable with a name such as "tenant"', shown(name));
      return [];
    }
    if (!used.has(name)) {
      report("server-shape", variable, `{${name}} in the URL, since it is a variable of it`, shown(url));
    }
    return [readVariable(name, variable, url, report)];
  });
}

function readVariable(name: string, place: Place, url: string, report: Report): Variable {
  const { default: preset, enum: listed, description } = nodeAt(place);
  const allowed = listed === undefined ? undefined : listAt(step(place, "enum"));
  if (allowed && !(allowed.length > 0 && allowed.every(isVariableValue))) {
    report("server-shape", step(place, "enum"), `values of ${VALUE}`);
  }
  const isUnfit = (value: unknown) => isVariableValue(value) && !isHttps(filledUrl(url, { [name]: value }));
  if (allowed?.some(isUnfit)) report("server-shape", step(place, "enum"), FITTING);
  if (isUnfit(preset)) report("server-shape", step(place, "default"), FITTING);
  const hasDefault = preset !== undefined && preset !== "";
  if (hasDefault && !isVariableValue(preset)) report("server-shape", step(place, "default"), VALUE);
  if (hasDefault && allowed && !allowed.includes(preset)) {
    report("server-shape", step(place, "default"), `one of ${shown(allowed)}`);
  }
  return {
    name,
    description: textOf(description),
    ...(hasDefault && { default: textOf(preset) }),
    ...(allowed && { enum: allowed.map(textOf) }),
  };
}

/** Whether a URL is valid whatever its variables are, and has only a host, a port and a path. */
export function isHttps(url: string): boolean {
  const filled = url.replace(/:\{[^{}]+\}/g, ":1").replace(/\{[^{}]+\}/g, "x");
  return /^https:\/\/[^\s{}?#@\\]+$/.test(filled) && URL.canParse(filled);
}
