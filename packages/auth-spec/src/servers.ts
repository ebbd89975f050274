import { filledUrl } from "@org/auth-core/vendor";
import { children, nodeAt, type Place, step, textOf } from "./document.ts";
import { type Report, shown } from "./problem.ts";
import { isHttps, readVariables, type Variable } from "./server-variables.ts";

/** An environment of the vendor, such as its sandbox. */
export interface Server {
  /** Its `x-name`, such as `"sandbox"`. */
  readonly name: string;
  /** The URL below which the token operations' paths lie, without a trailing slash; `{name}` stands for a variable. */
  readonly url: string;
  /** The URL below which the vendor's API lies, where a token may go; the same in most specifications. */
  readonly apiUrl: string;
  readonly description: string;
  /** The variables of both URLs. */
  readonly variables: readonly Variable[];
}

/** Reads the servers at the root of a specification, which are the vendor's API; none if it publishes no host. */
export function readServers(root: Place, report: Report): Server[] {
  const place = step(root, "servers");
  const listed = children(place).map(([, server]) => server);
  if (listed.length === 0) {
    report("server-shape", place, 'a server, or just "{baseUrl}" if the vendor publishes no host');
  }
  if (listed.length === 1 && listed.every((server) => nodeAt(server).url === "{baseUrl}")) return [];
  return readList(place, report);
}

/**
 * Reads where an operation issues tokens: at its own servers or its path's, which are matched by name with the root's, else
 * at the root's.
 */
export function tokenServers(
  root: readonly Server[],
  pathItem: Place,
  operation: Place,
  report: Report,
): readonly Server[] {
  const own = [operation, pathItem]
    .map((holder) => step(holder, "servers"))
    .find(({ value }) => value !== undefined);
  if (!own) return root;
  if (root.length === 0) {
    const expected =
      'no servers here beside "{baseUrl}" at the root; an API on a host that varies is "https://{host}"';
    report("server-shape", own, expected, "servers here");
    return root;
  }
  const found = readList(own, report);
  const names = root.map(({ name }) => name);
  if (
    found
      .map(({ name }) => name)
      .sort()
      .join() !== names.toSorted().join()
  ) {
    const expected = `one server here for each at the root, by the same x-name: ${names.join(", ")}`;
    report("server-shape", own, expected, found.map(({ name }) => name).join(", ") || "none");
    return root;
  }
  return root.map((api) => {
    const token = found.find(({ name }) => name === api.name) ?? api;
    return { ...token, apiUrl: api.url, variables: joined(own, token, api, report) };
  });
}

/** A server with a value for each variable: its default, else the first allowed value, else 443 for a port, else its name. */
export function exampleServer({ url, apiUrl, variables }: Server): {
  readonly url: string;
  readonly apiUrl: string;
  readonly variables: Readonly<Record<string, string>>;
} {
  const nameOrPort = (name: string) => ([url, apiUrl].join().includes(`:{${name}}`) ? "443" : name);
  const values = Object.fromEntries(
    variables.map(({ name, default: preset, enum: allowed }) => {
      return [name, preset ?? allowed?.[0] ?? nameOrPort(name)];
    }),
  );
  return { url: filledUrl(url, values), apiUrl: filledUrl(apiUrl, values), variables: values };
}

/** The variables of both URLs; a caller passes one value for a name that both have. */
function joined(place: Place, token: Server, api: Server, report: Report): readonly Variable[] {
  const others = token.variables.filter((variable) => {
    const twin = api.variables.find(({ name }) => name === variable.name);
    const isSame = (one: Variable) => JSON.stringify([one.default, one.enum]);
    if (twin && isSame(twin) !== isSame(variable)) {
      const expected = `the default and enum of ${shown(variable.name)} that the root's server ${api.name} has, since it is given once`;
      report("server-shape", place, expected, "others");
    }
    return !twin;
  });
  return [...others, ...api.variables];
}

function readList(place: Place, report: Report): Server[] {
  const names = new Set<unknown>();
  return children(place).flatMap(([, server]) => readServer(server, names, report));
}

function readServer(server: Place, taken: Set<unknown>, report: Report): Server[] {
  const { url, description, "x-name": name } = nodeAt(server);
  const isNamed = typeof name === "string" && /^[a-z][a-z0-9-]*$/.test(name) && !taken.has(name);
  if (!isNamed) {
    const expected = 'a name in lower case that no other server has, such as "sandbox"';
    report("server-shape", step(server, "x-name"), expected);
  }
  taken.add(name);
  const place = step(server, "url");
  const isValid = typeof url === "string" && isHttps(url);
  if (url === "{baseUrl}") {
    const expected = 'a host, which may have variables such as "https://{host}"; "{baseUrl}" stands alone';
    report("server-shape", place, expected);
  } else if (!isValid) {
    report(
      "server-shape",
      place,
      'an https URL such as "https://api.example.com" or "https://{tenant}.example.com"',
    );
  }
  if (!isNamed || !isValid) return [];
  const plain = url.replace(/\/+$/, "");
  const variables = readVariables(server, plain, report);
  return [{ name, url: plain, apiUrl: plain, description: textOf(description), variables }];
}
