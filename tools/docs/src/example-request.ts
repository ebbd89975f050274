import {
  exampleServer,
  type Grant,
  type Node,
  type RequestMember,
  type RequestPlace,
  type TokenOperation,
} from "@org/auth-spec";

/** A token request with the example values of the specification. */
export interface ExampleRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Members of the body; none where the request has no body. */
  readonly body: Nested<unknown>;
  readonly isForm: boolean;
  /** User name and password of HTTP Basic authentication, where the vendor wants it. */
  readonly basic?: readonly string[] | undefined;
}

/** Values by name, in objects however deep. */
export interface Nested<Value> {
  readonly [name: string]: Value | Nested<Value>;
}

/** The request that the specification's first example describes for one grant, with what the vendor does not require left out. */
export function exampleRequest(operation: TokenOperation, grant: Grant): ExampleRequest {
  const example = grant.examples[0]?.credentials;
  const toValue = ({ constant, credential }: RequestMember) =>
    credential ? (example?.[credential.name] ?? credential.default) : constant;
  const values = (place: RequestPlace) => sentMembers(grant, place, toValue);
  const texts = (place: RequestPlace) =>
    Object.entries(values(place)).map(([name, value]) => [name, String(value)] as const);

  const path = texts("path").reduce(
    (text, [name, value]) => text.replace(`{${name}}`, value),
    operation.path,
  );
  const query = String(new URLSearchParams(Object.fromEntries(texts("query"))));
  const basic = texts("basic").map(([, value]) => value);
  const authorization = texts("authorization").map(
    ([scheme, value]) => ["Authorization", `${scheme} ${value}`.trimStart()] as const,
  );
  const cookies = texts("cookie").map(([name, value]) => ["Cookie", `${name}=${value}`] as const);
  const [mediaType] = operation.mediaTypes;
  return {
    method: operation.method,
    url: baseUrl(operation) + path + (query && `?${query}`),
    headers: [
      ...(mediaType ? [["Content-Type", mediaType] as const] : []),
      ...texts("header"),
      ...authorization,
      ...cookies,
    ],
    body: values("body"),
    isForm: mediaType === "application/x-www-form-urlencoded",
    ...(basic.length > 0 && { basic }),
  };
}

/** What is required, and what has a default: the vendor would take its absence for something else. */
export function sentMembers<Value>(
  grant: Grant,
  place: RequestPlace,
  toValue: (member: RequestMember) => Value,
): Nested<Value> {
  const isSent = ({ credential }: RequestMember) =>
    !credential || credential.required || credential.default !== undefined;
  const sent = grant.members.filter((member) => member.in === place && isSent(member));
  // An optional object is sent with a credential in it only.
  const isInObject = (object: readonly string[]) =>
    sent.some(({ path, credential }) => credential && object.every((name, index) => path[index] === name));
  const members = sent.filter(({ within }) => !within || isInObject(within));
  return nested(members.map((member) => [member.path, toValue(member)]));
}

function nested<Value>(
  members: readonly (readonly [path: readonly string[], value: Value])[],
): Nested<Value> {
  const byName = Map.groupBy(members, ([[name = ""]]) => name);
  return Object.fromEntries(
    [...byName].map(([name, [first, ...others]]) => {
      if (first?.[0].length === 1) return [name, first[1]];
      const inner = [...(first ? [first] : []), ...others];
      return [name, nested(inner.map(([path, value]) => [path.slice(1), value]))];
    }),
  );
}

/** The server to try things out on: the sandbox, else the first, else the placeholder of a vendor without a host. */
function baseUrl({ servers, place }: TokenOperation): string {
  const server = servers.find(({ name }) => name === "sandbox") ?? servers[0];
  const [placeholder] = (place.document.servers ?? []) as readonly {
    readonly variables?: Record<string, Node>;
  }[];
  return server ? exampleServer(server).url : String(placeholder?.variables?.baseUrl?.default);
}
