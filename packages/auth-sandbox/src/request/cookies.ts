/** The values of a `Cookie` header by name. */
export function readCookies(header = ""): Record<string, string> {
  const pairs = header.split(";").map((pair) => /^\s*([^=]+)=(.*?)\s*$/.exec(pair));
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1], pair[2]]] : [])));
}
