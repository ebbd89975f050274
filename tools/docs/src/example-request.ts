import type { Grant } from "../../generate/src/grants.ts";
import { nodeAt, type Place, root, step, steps } from "../../generate/src/spec.ts";
import type { TokenOperation } from "../../generate/src/token-operation.ts";

/** A token request with the example values of the specification. */
export interface ExampleRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Members of the body; none where the request has no body. */
  readonly body: readonly (readonly [name: string, value: string])[];
  readonly isForm: boolean;
  /** User name and password of HTTP Basic authentication, where the vendor wants it. */
  readonly basic?: readonly string[] | undefined;
}

/** The request that the specification's examples describe for one grant, with what the vendor does not require left out. */
export function exampleRequest(operation: TokenOperation, grant: Grant): ExampleRequest {
  const { method, requestMediaType } = operation;
  const examples = bodyExample(operation, grant);
  const wanted = grant.members.filter(
    ({ credential }) => !credential || credential.required || credential.default !== undefined,
  );
  const valueFor = ({ target, name, constant, credential }: (typeof wanted)[number]) =>
    constant ??
    (target === "body" ? examples[name] : parameterExample(operation, target, name)) ??
    credential?.default ??
    `example-${(credential?.name ?? name).replace(/[A-Z]/g, "-$&").toLowerCase()}`;
  const values = (target: string) =>
    wanted
      .filter((member) => member.target === target)
      .map((member) => [member.name, String(valueFor(member))] as const);

  const path = values("path").reduce(
    (text, [name, value]) => text.replace(`{${name}}`, value),
    operation.path,
  );
  const basic = values("basic").map(([, value]) => value);
  const query = new URLSearchParams(values("query").map(([name, value]) => [name, value])).toString();
  return {
    method: method.toUpperCase(),
    url: baseUrl(operation) + path + (query && `?${query}`),
    headers: [
      ...(requestMediaType ? [["Content-Type", requestMediaType] as const] : []),
      ...values("header"),
    ],
    body: values("body"),
    isForm: requestMediaType === "application/x-www-form-urlencoded",
    ...(basic.length > 0 && { basic }),
  };
}

/** The server to try things out on: the sandbox, else the first, else the placeholder of a vendor without a host. */
export function baseUrl({ spec, servers }: TokenOperation): string {
  const server = servers.find(({ name }) => name === "sandbox") ?? servers[0];
  const placeholder = steps(root(spec), "servers", "0", "variables", "baseUrl");
  return server?.url ?? String(nodeAt(placeholder).default);
}

function operationPlace({ spec, path, method }: TokenOperation): Place {
  return steps(root(spec), "paths", path, method);
}

/** The example of the body that is for this grant: the one whose `grant_type` says so, else the first. */
function bodyExample(operation: TokenOperation, grant: Grant): Record<string, unknown> {
  const content = steps(
    operationPlace(operation),
    "requestBody",
    "content",
    operation.requestMediaType ?? "",
  );
  const examples = step(content, "examples");
  const values = Object.keys(nodeAt(examples)).map((name) => nodeAt(steps(examples, name, "value")));
  return values.find(({ grant_type }) => grant_type === grant.name) ?? values[0] ?? {};
}

function parameterExample(operation: TokenOperation, target: string, name: string): unknown {
  const parameters = step(operationPlace(operation), "parameters");
  const places = Object.keys((parameters.value ?? []) as object).map((index) => step(parameters, index));
  const found = places.find((place) => nodeAt(place).name === name && nodeAt(place).in === target);
  return found && nodeAt(found).example;
}
